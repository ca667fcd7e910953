package org.vmmlib.core.crossbar.solve;

/** Scratch memory of one thread, made by {@link PreparedCrossbar#workspace()} and good for that array only. */
public interface Workspace {}
