package dev.fleche.sql;

class PostgreSqlOutageTest extends ServerOutageContract {

    @Override
    DatabaseServer launch() {
        return PostgreSqlServer.launch();
    }

    @Override
    String type() {
        return "postgresql";
    }
}
