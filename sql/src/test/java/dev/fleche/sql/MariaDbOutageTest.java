package dev.fleche.sql;

class MariaDbOutageTest extends ServerOutageContract {

    @Override
    DatabaseServer launch() {
        return MariaDbServer.launch();
    }

    @Override
    String type() {
        return "mariadb";
    }
}
