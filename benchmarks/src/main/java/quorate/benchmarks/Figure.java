package quorate.benchmarks;

/**
 * One line of the comparison.
 *
 * @param name as scripts know it
 * @param unit of everything here
 * @param median of the steady state
 * @param cold the first operation of a fresh process; 0 where there is none
 * @param peer the best published or measured figure of others in the same shape; 0 where there is none
 * @param target what this project wants to reach
 */
record Figure(String name, String unit, double median, double cold, double peer, double target) {}
