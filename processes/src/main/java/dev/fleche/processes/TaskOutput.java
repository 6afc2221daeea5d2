package dev.fleche.processes;

import java.io.ByteArrayOutputStream;

/** Growing bytes that begin with the number of a form. Not thread-safe. */
final class TaskOutput extends ByteArrayOutputStream {

    TaskOutput(byte form) {
        super(512);
        write(form);
    }
}
