package dev.fleche.sql;

class PostgreSqlOutageTest extends ServerOutageContract {

    @Override
    DatabaseServer server() {
        return PostgreSqlServer.stoppable();
    }

    @Override
    String type() {
        return "postgresql";
    }
}
