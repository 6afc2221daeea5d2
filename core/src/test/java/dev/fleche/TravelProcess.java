package dev.fleche;

import dev.fleche.testing.Serial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** A process that reads objects from a file behind the filter, and runs or tells what they are. */
final class TravelProcess {

    private TravelProcess() {}

    /** Prints one line for each object of the list in the file. */
    public static void main(String[] arguments) throws Exception {
        byte[] bytes = Files.readAllBytes(Path.of(arguments[0]));
        List<?> all = (List<?>) Serial.object(bytes, SerialFilter::of);
        for (Object each : all) {
            System.out.println(line(each));
        }
    }

    private static String line(Object task) {
        try {
            if (task instanceof Call<?> call) {
                return "result " + call.call() + " " + call.digest();
            }
            if (task instanceof Runnable runnable) {
                runnable.run();
                return "ran";
            }
            return "result " + ((Callable<?>) task).call();
        } catch (Exception e) {
            return "thrown " + e.getClass().getName() + ": " + e.getMessage();
        }
    }
}
