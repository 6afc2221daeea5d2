package dev.fleche.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.code.Classes.Foreign;
import dev.fleche.code.Classes.Known;
import dev.fleche.code.Classes.Library;
import dev.fleche.code.Classes.Opaque;
import dev.fleche.code.Classes.User;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedModulesTest {

    @TempDir
    private Path directory;

    private Path model;
    private Path library;

    @BeforeEach
    void compile() throws IOException {
        model = Programs.compile(
                directory.resolve("model/classes"),
                "module com.acme { }",
                "package com.acme.secret; public class Model { }");
        Path tool = Programs.compile(
                directory.resolve("tool/classes"),
                "module org.other { }",
                "package org.other; public class Tool { public void use() { } }");
        library = Programs.jar(directory.resolve("tool.jar"), tool, Programs.pom("org.other", "tool", "3"));
    }

    @Test
    void aPackageThatIsNotExportedIsSeen() throws Exception {
        LoadedClasses classes = LoadedClasses.of(function(layer(true)), List.of());

        assertThat(classes.find("com/acme/secret/Model")).isInstanceOf(User.class);
    }

    @Test
    void aModuleInAJarIsALibrary() throws Exception {
        Known known = LoadedClasses.of(function(layer(true)), List.of()).find("org/other/Tool");

        assertThat(known)
                .isInstanceOfSatisfying(
                        Foreign.class,
                        foreign -> assertThat(foreign.library()).isEqualTo(new Library("org.other:tool", "3")));
    }

    @Test
    void aModuleOfAnotherClassLoaderIsFoundByTheObjectsOfItsClasses() throws Exception {
        ModuleLayer layer = layer(false);

        Known known = LoadedClasses.of(function(layer), List.of())
                .and(List.of(layer.findLoader("org.other").loadClass("org.other.Tool")))
                .find("org/other/Tool");

        assertThat(known).isNotInstanceOf(Opaque.class);
    }

    private static Class<?> function(ModuleLayer layer) throws ClassNotFoundException {
        return layer.findLoader("com.acme").loadClass("com.acme.secret.Model");
    }

    private ModuleLayer layer(boolean oneLoader) {
        ModuleLayer boot = ModuleLayer.boot();
        Configuration configuration = boot.configuration()
                .resolve(ModuleFinder.of(model, library), ModuleFinder.of(), Set.of("com.acme", "org.other"));
        ClassLoader parent = getClass().getClassLoader();
        return oneLoader
                ? boot.defineModulesWithOneLoader(configuration, parent)
                : boot.defineModulesWithManyLoaders(configuration, parent);
    }
}
