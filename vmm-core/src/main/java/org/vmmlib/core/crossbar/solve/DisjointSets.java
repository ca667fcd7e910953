package org.vmmlib.core.crossbar.solve;

/** Sets of the numbers 0 … n − 1 that can be united (union-find with path halving). */
final class DisjointSets {

    private final int[] parent;

    /** Every number alone. */
    DisjointSets(int n) {
        parent = new int[n];
        reset();
    }

    /** Makes every number alone again. */
    void reset() {
        for (int k = 0; k < parent.length; k++) {
            parent[k] = k;
        }
    }

    /** The number that stands for the set of k. */
    int find(int k) {
        int at = k;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }

    /** Unites the sets of a and b. */
    void unite(int a, int b) {
        parent[find(a)] = find(b);
    }
}
