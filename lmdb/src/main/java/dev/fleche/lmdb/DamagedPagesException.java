package dev.fleche.lmdb;

import java.io.IOException;

/** Thrown when a page of LMDB's file is not what it must be. */
final class DamagedPagesException extends IOException {

    private static final long serialVersionUID = 1;

    DamagedPagesException(String message) {
        super(message);
    }
}
