package dev.fleche.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ClassFilesTest {

    @TempDir
    private Path directory;

    @Test
    @Timeout(60)
    void aClassLoaderIsNotKeptAlive() throws Exception {
        Path model = Programs.compile(directory.resolve("classes"), "package com.acme; public class Model {}");
        byte[] bytes = Files.readAllBytes(model.resolve("com/acme/Model.class"));
        ReferenceQueue<ClassLoader> gone = new ReferenceQueue<>();
        WeakReference<ClassLoader> loader = analysed(bytes, gone);

        while (gone.remove(50) == null) {
            System.gc();
        }

        assertThat(loader.get()).isNull();
    }

    private static WeakReference<ClassLoader> analysed(byte[] bytes, ReferenceQueue<ClassLoader> gone)
            throws ClassNotFoundException {
        ClassLoader loader = new ChangedClassesTest.MemoryLoader(Map.of("com.acme.Model", bytes), 0);
        LoadedClasses classes = LoadedClasses.of(loader.loadClass("com.acme.Model"), List.of());
        assertThat(classes.find("com/acme/Model")).isInstanceOf(Classes.User.class);
        return new WeakReference<>(loader, gone);
    }
}
