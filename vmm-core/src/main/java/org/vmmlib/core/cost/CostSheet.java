package org.vmmlib.core.cost;

import java.util.ArrayList;
import java.util.List;

/**
 * The cost of a circuit, block by block.
 *
 * @param items one per block; equal names are merged by {@link #plus}
 * @param vectors input vectors that the energies cover
 */
public record CostSheet(List<Cost> items, long vectors) {

    /** Copies the list. */
    public CostSheet {
        items = List.copyOf(items);
    }

    /** Nothing yet. */
    public static CostSheet empty() {
        return new CostSheet(List.of(), 0);
    }

    /** Energy of one vector, in joules. */
    public double energyPerVector() {
        return vectors == 0 ? 0 : items.stream().mapToDouble(Cost::energy).sum() / vectors;
    }

    /** Latency of one vector through all blocks, in seconds. */
    public double time() {
        return items.stream().mapToDouble(Cost::time).sum();
    }

    /** Area, in square metres. */
    public double area() {
        return items.stream().mapToDouble(Cost::area).sum();
    }

    /**
     * More vectors through the same circuit: energies and vectors add, the time is the mean over the vectors, area stays.
     *
     * @throws IllegalArgumentException if the sheets are of different circuits
     */
    public CostSheet plus(CostSheet other) {
        if (items.isEmpty()) {
            return other;
        }
        if (other.items.isEmpty()) {
            return this;
        }
        List<Cost> sum = new ArrayList<>();
        for (int k = 0; k < items.size(); k++) {
            Cost a = items.get(k);
            if (other.items.size() != items.size()
                    || !other.items.get(k).block().equals(a.block())) {
                throw new IllegalArgumentException(
                        "other = a sheet of another circuit: add sheets of one circuit only");
            }
            Cost b = other.items.get(k);
            double time = a.time() == b.time()
                    ? a.time()
                    : (vectors * a.time() + other.vectors * b.time()) / (vectors + other.vectors);
            sum.add(new Cost(a.block(), a.energy() + b.energy(), time, a.area()));
        }
        return new CostSheet(sum, vectors + other.vectors);
    }

    /** Another circuit behind this one (the next layer): the items stand side by side, time adds up. */
    public CostSheet then(CostSheet next, String prefix) {
        List<Cost> all = new ArrayList<>(items);
        for (Cost item : next.items) {
            all.add(new Cost(prefix + item.block(), item.energy(), item.time(), item.area()));
        }
        return new CostSheet(all, Math.max(vectors, next.vectors));
    }
}
