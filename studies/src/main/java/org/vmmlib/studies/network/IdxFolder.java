package org.vmmlib.studies.network; public final class IdxFolder { }
