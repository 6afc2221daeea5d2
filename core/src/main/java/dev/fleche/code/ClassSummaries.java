package dev.fleche.code;

import dev.fleche.digest.Digest;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;

/** Reads class files. */
final class ClassSummaries {

    /** The version of the rules by which texts are made: whatever changes a text or an edge, raises it. */
    static final int RULES = 4;

    private static final int MAGIC = 0xCAFEBABE;
    private static final int HEADER = 10;
    private static final int NEWEST = Opcodes.V27;
    /** What to take from the version of a class file for that of Java. */
    private static final int JAVA_0 = 44;

    private static final Digest MEMO = Digest.of(new byte[Digest.BYTES]);

    private ClassSummaries() {}

    /**
     * Reads a class file.
     *
     * @throws ClassFileException if it is newer than ASM knows, or broken
     */
    static ClassSummary read(byte[] classFile) throws ClassFileException {
        checkHeader(classFile);
        try {
            ClassScan scan = new ClassScan();
            new ClassReader(classFile).accept(scan, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
            return summary(scan);
        } catch (RuntimeException | StackOverflowError e) {
            // whatever ASM meets where lengths and indexes are wrong
            throw new ClassFileException(
                    "expected a class file, found " + classFile.length + " bytes that break its rules (" + e + ")", e);
        }
    }

    private static void addMemos(MethodCode code, Lambdas lambdas, Map<String, MethodSummary> methods) {
        if (MemoFields.in(code).isEmpty()) {
            return;
        }
        for (Map.Entry<String, List<Edge>> memo :
                new Edges(code, lambdas).memos().entrySet()) {
            methods.put(
                    MemoFields.signature(memo.getKey()),
                    new MethodSummary(code.access(), MEMO, memo.getValue(), List.of()));
        }
    }

    private static void checkHeader(byte[] classFile) throws ClassFileException {
        ByteBuffer header = ByteBuffer.wrap(classFile);
        if (classFile.length < HEADER || header.getInt() != MAGIC) {
            throw new ClassFileException("expected a class file, found " + classFile.length + " other bytes");
        }
        header.getShort();
        int version = Short.toUnsignedInt(header.getShort());
        if (version > NEWEST) {
            throw new ClassFileException("expected a class file of Java " + (NEWEST - JAVA_0)
                    + " or older, found one of Java " + (version - JAVA_0) + "; a newer ASM may read it");
        }
    }

    private static ClassSummary summary(ClassScan scan) {
        Map<String, MethodCode> codes = new TreeMap<>();
        for (MethodCode code : scan.methods) {
            codes.put(code.id().signature(), code);
        }
        Lambdas lambdas = Lambdas.of(codes);
        TextWriter out = new TextWriter();
        Map<String, MethodSummary> methods = new TreeMap<>();
        for (MethodCode code : codes.values()) {
            if (!code.isLambdaDeserializer()) {
                methods.put(code.id().signature(), CodeOfMethod.summary(code, lambdas, out));
                addMemos(code, lambdas, methods);
            }
        }
        return new ClassSummary(
                scan.name,
                scan.access,
                scan.superName,
                scan.interfaces,
                scan.declarations(),
                Collections.unmodifiableMap(methods),
                Collections.unmodifiableMap(scan.constants),
                List.copyOf(scan.enumConstants),
                SwitchMaps.of(scan.access, codes.get("<clinit>()V")));
    }
}
