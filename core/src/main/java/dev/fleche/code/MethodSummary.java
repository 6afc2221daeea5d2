package dev.fleche.code;

import dev.fleche.digest.Digest;
import java.util.List;

/**
 * What is kept of a method.
 *
 * @param access its access flags
 * @param text the digest of its text: opcodes and symbolic operands, with the bodies of its lambdas
 * @param edges what it refers to, with what its lambdas refer to; each once, in order of appearance
 * @param switches its switches over enums, in order of appearance, those of its lambdas included
 */
record MethodSummary(int access, Digest text, List<Edge> edges, List<EnumSwitch> switches) {}
