package dev.fleche.sql;

class MariaDbOutageTest extends ServerOutageContract {

    @Override
    DatabaseServer server() {
        return MariaDbServer.stoppable();
    }

    @Override
    String type() {
        return "mariadb";
    }
}
