package org.vmmlib.core.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * Which kernels this program uses, chosen once: those named by {@code -Dvmm.kernel=scalar|vector}, or else the Vector API
 * where its module is there, and plain Java where not.
 */
final class KernelChoice {

    private static final String PROPERTY = "vmm.kernel";
    private static final String MODULE = "jdk.incubator.vector";

    private static final Choice CHOICE = choose(System.getProperty(PROPERTY));

    private KernelChoice() {}

    /** The kernels, or why there are none. */
    record Choice(@Nullable Kernels kernels, String refusal) {}

    /**
     * The kernels of this program.
     *
     * @throws IllegalArgumentException if the system property asks for kernels that there are not; the message says how to
     *     get them
     */
    static Kernels kernels() {
        return required(CHOICE);
    }

    /**
     * The kernels of a name.
     *
     * @throws IllegalArgumentException if there are none
     */
    static Kernels named(String name) {
        return required(choose(name));
    }

    private static Kernels required(Choice choice) {
        Kernels kernels = choice.kernels();
        if (kernels == null) {
            throw new IllegalArgumentException(choice.refusal());
        }
        return kernels;
    }

    private static Choice choose(@Nullable String name) {
        if (name == null || name.isEmpty()) {
            Kernels vector = hasVectors() ? vector() : null;
            return new Choice(vector == null ? new ScalarKernels() : vector, "");
        }
        return switch (name) {
            case "scalar" -> new Choice(new ScalarKernels(), "");
            case "vector" ->
                new Choice(
                        hasVectors() ? vector() : null,
                        PROPERTY + " = vector: this Java virtual machine has not loaded the Vector API; start it with "
                                + "--add-modules " + MODULE + ", or take -D" + PROPERTY + "=scalar");
            default -> new Choice(null, PROPERTY + " = " + name + ": must be scalar or vector");
        };
    }

    private static boolean hasVectors() {
        return ModuleLayer.boot().findModule(MODULE).isPresent();
    }

    /** By name, so that no other class needs the module; null if it is there but of another shape. */
    private static @Nullable Kernels vector() {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            Class<?> type = lookup.findClass("org.vmmlib.core.kernel.VectorKernels");
            return (Kernels) lookup.findConstructor(type, MethodType.methodType(void.class))
                    .invoke();
        } catch (Throwable e) {
            if (e instanceof VirtualMachineError error) {
                throw error;
            }
            return null;
        }
    }
}
