package dev.fleche.sql;

import java.io.IOException;
import java.sql.SQLException;

/** A server that is started for tests. */
interface DatabaseServer extends AutoCloseable {

    /** Creates an empty database, and returns its URL with the user in it. */
    String newDatabase() throws SQLException;

    /** Stops the server in good order, which ends all connections. */
    void stop();

    /** Kills the server. */
    void kill();

    /** Starts the server again at the same port, with the data that it had when it was stopped or killed. */
    void restart() throws IOException;

    /** Ends the server, and removes its data. */
    @Override
    void close();
}
