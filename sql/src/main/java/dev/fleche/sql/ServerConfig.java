package dev.fleche.sql;

import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.Durability;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How a server is reached, as a configuration says it. Immutable; holds no secret.
 *
 * @param dialect the kind of server
 * @param url its address, without secrets
 * @param config the whole configuration, from which the password is asked when it is needed
 * @param poolSize how many connections there are at most
 * @param durability what a save waits for
 */
record ServerConfig(Dialect dialect, String url, CacheConfig config, int poolSize, Durability durability) {

    static final String URL = "url";
    static final String USER = "user";
    static final String PASSWORD = "password";
    static final String POOL_SIZE = "poolSize";

    private static final int DEFAULT_POOL_SIZE = 8;
    private static final int MAX_POOL_SIZE = 1000;
    private static final String CONNECT_SECONDS = "5";
    private static final String ANSWER_SECONDS = "30";
    private static final Pattern SECRET = Pattern.compile(
            "(?i).*(//[^/?]*@|[?&;][^=&;]*(password|passphrase|secret|token|credentials)=).*", Pattern.DOTALL);

    /**
     * Returns what a configuration says.
     *
     * @throws IllegalArgumentException if an option is unknown, missing or out of range, or the address holds a secret
     */
    static ServerConfig of(Dialect dialect, CacheConfig config) {
        config.requireKnownOptions(Set.of(
                URL,
                USER,
                PASSWORD,
                POOL_SIZE,
                CacheConfig.DURABILITY,
                LockOptions.LOCKS,
                LockOptions.LEASE_SECONDS));
        return new ServerConfig(dialect, urlOf(dialect, config), config, poolSizeOf(config), Durability.of(config));
    }

    private static String urlOf(Dialect dialect, CacheConfig config) {
        String url = config.options().getOrDefault(URL, "");
        if (SECRET.matcher(url).matches()) {
            throw new IllegalArgumentException("option " + URL + " of type " + dialect.type()
                    + " holds a password or the like, so it is not shown; leave it out, and give the options " + USER
                    + " and " + PASSWORD + "=env:NAME, property:NAME or file:PATH");
        }
        if (!url.startsWith(dialect.urlPrefix() + "//")) {
            throw new IllegalArgumentException("expected an address that starts with " + dialect.urlPrefix()
                    + "// as option " + URL + " for storages of type " + dialect.type()
                    + (url.isEmpty() ? ", found none" : ", found " + url));
        }
        return url;
    }

    private static int poolSizeOf(CacheConfig config) {
        String text = config.options().getOrDefault(POOL_SIZE, Integer.toString(DEFAULT_POOL_SIZE));
        if (text.matches("\\d{1,4}")) {
            int size = Integer.parseInt(text);
            if (size >= 1 && size <= MAX_POOL_SIZE) {
                return size;
            }
        }
        throw new IllegalArgumentException("expected a number from 1 to " + MAX_POOL_SIZE + " as option " + POOL_SIZE
                + " of type " + config.type() + ", found \"" + text + "\"");
    }

    /** Returns what messages call the database. */
    String place() {
        int end = url.indexOf('?');
        return "the database " + (end < 0 ? url : url.substring(0, end));
    }

    /** Returns what the driver is told for a new connection; with the password as it is at this moment. */
    Properties properties() {
        Properties properties = new Properties();
        String user = config.options().get(USER);
        if (user != null) {
            properties.setProperty("user", user);
        }
        config.secret(PASSWORD).ifPresent(password -> properties.setProperty("password", password));
        properties.setProperty("tcpKeepAlive", "true");
        if (dialect == Dialect.POSTGRESQL) {
            properties.setProperty("connectTimeout", CONNECT_SECONDS);
            properties.setProperty("loginTimeout", CONNECT_SECONDS);
            properties.setProperty("socketTimeout", ANSWER_SECONDS);
            properties.setProperty("ApplicationName", "fleche");
            properties.setProperty("reWriteBatchedInserts", "true");
            if (LockOptions.LEASE.equals(config.options().get(LockOptions.LOCKS))) {
                // behind a pooler, the next transaction may be another connection's
                properties.setProperty("prepareThreshold", "0");
            }
        } else {
            properties.setProperty("connectTimeout", CONNECT_SECONDS + "000");
            properties.setProperty("socketTimeout", ANSWER_SECONDS + "000");
            properties.setProperty("allowLocalInfile", "false");
            // what does not fit into a column is an error, whatever the server's setting
            properties.setProperty("sessionVariables", "sql_mode='STRICT_ALL_TABLES'");
        }
        return properties;
    }
}
