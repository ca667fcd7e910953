package org.vmmlib.core.kernel;

/** A program that multiplies, and prints by which kernels. */
final class KernelProbe {

    private KernelProbe() {}

    /** No arguments. */
    public static void main(String[] arguments) {
        Product product = Product.of(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
        double[] out = new double[3];
        product.multiply(new double[] {1, 10}, 0, 1, out, 0, product.scratch());
        System.out.println(
                KernelChoice.kernels().name() + " " + (int) out[0] + " " + (int) out[1] + " " + (int) out[2]);
    }
}
