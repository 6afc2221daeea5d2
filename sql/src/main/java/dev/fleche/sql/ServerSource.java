package dev.fleche.sql;

import dev.fleche.storage.StorageException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * New connections to a server; the password is looked up for each, so that none is kept.
 *
 * <p>Safe for use by several threads.
 */
final class ServerSource implements DataSource {

    private final ServerConfig config;
    private final Driver driver;
    private final AtomicLong refusals = new AtomicLong();

    /**
     * Creates a source.
     *
     * @throws StorageException if there is no driver for this kind of server
     */
    ServerSource(ServerConfig config) {
        this.config = config;
        Driver found = find(ServiceLoader.load(Driver.class), config.url());
        if (found == null) {
            found = find(ServiceLoader.load(Driver.class, ServerSource.class.getClassLoader()), config.url());
        }
        if (found == null) {
            throw new StorageException("no JDBC driver for " + config.dialect().urlPrefix()
                    + " is on the class path or module path; add "
                    + config.dialect().driver());
        }
        driver = found;
    }

    /** A driver that cannot be loaded must not keep others from being used. */
    private static @Nullable Driver find(ServiceLoader<Driver> drivers, String url) {
        var found = drivers.iterator();
        while (true) {
            try {
                if (!found.hasNext()) {
                    return null;
                }
                Driver driver = found.next();
                if (driver.acceptsURL(url)) {
                    return driver;
                }
            } catch (SQLException | ServiceConfigurationError e) {
                // not the one that is looked for
            }
        }
    }

    /** Returns how often no connection could be made. */
    long refusals() {
        return refusals.get();
    }

    @Override
    public Connection getConnection() throws SQLException {
        boolean connected = false;
        try {
            Connection connection = driver.connect(config.url(), config.properties());
            if (connection == null) {
                throw new SQLException("the driver " + driver.getClass().getName() + " does not take " + config.url());
            }
            connected = true;
            return connection;
        } finally {
            if (!connected) {
                refusals.incrementAndGet();
            }
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("user and password are those of the configuration");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("there is no logger");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("nothing is wrapped");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
