package org.vmmlib.tests;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.NullMarked;

/** The walls between the modules, and what no class of this project may do. */
@AnalyzeClasses(packages = "org.vmmlib", importOptions = ArchitectureTest.WithoutTests.class)
final class ArchitectureTest {
    private static final String CORE = "org.vmmlib.core..";
    private static final String KERNEL = "org.vmmlib.core.kernel..";
    private static final String VECTORS = "jdk.incubator.vector..";
    private static final String DEVICES = "org.vmmlib.devices..";
    private static final String PERIPHERALS = "org.vmmlib.peripherals..";
    private static final String NOISE = "org.vmmlib.noise..";
    private static final String STUDIES = "org.vmmlib.studies..";

    /** What the library modules may use that is not of this project. */
    private static final String[] FOUNDATION = {"java..", "org.ejml..", "org.apache.commons.math3..", "org.jspecify.."};

    /** Classes of the modules, not of their tests. */
    static final class WithoutTests implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/");
        }
    }

    // Who may import whom

    @ArchTest
    static final ArchRule CORE_STANDS_ON_NUMERICS_ALONE = classes()
            .that()
            .resideInAPackage(CORE)
            .should()
            .onlyDependOnClassesThat(
                    resideInAPackage(CORE).or(resideInAnyPackage(FOUNDATION)).or(resideInAPackage(VECTORS)));

    @ArchTest
    static final ArchRule ONLY_ITS_KERNELS_NEED_THE_VECTOR_API = noClasses()
            .that()
            .resideOutsideOfPackage(KERNEL)
            .or()
            .haveSimpleNameNotStartingWith("Vector")
            .should()
            .dependOnClassesThat(resideInAPackage(VECTORS))
            .because("the module is optional");

    @ArchTest
    static final ArchRule KERNELS_KNOW_NOTHING_OF_THE_DOMAIN = noClasses()
            .that()
            .resideInAPackage(KERNEL)
            .should()
            .dependOnClassesThat(resideInAPackage("org.vmmlib..").and(resideOutsideOfPackage(KERNEL)));

    @ArchTest
    static final ArchRule DEVICES_STAND_ON_CORE_ALONE = standsOnCoreAlone(DEVICES);

    @ArchTest
    static final ArchRule PERIPHERALS_STAND_ON_CORE_ALONE = standsOnCoreAlone(PERIPHERALS);

    @ArchTest
    static final ArchRule NOISE_STANDS_ON_CORE_ALONE = standsOnCoreAlone(NOISE);

    private static ArchRule standsOnCoreAlone(String module) {
        return classes()
                .that()
                .resideInAPackage(module)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(module, CORE).or(resideInAnyPackage(FOUNDATION)));
    }

    @ArchTest
    static final ArchRule EVERY_CLASS_LIVES_IN_A_MODULE =
            classes().should().resideInAnyPackage(CORE, DEVICES, PERIPHERALS, NOISE, STUDIES);

    // Reproducible: the same on every machine, in every locale, for every run

    @ArchTest
    static final ArchRule NO_WINDOWS_AND_NO_FONTS = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.awt..", "javax.swing..", "javax.imageio..", "java.desktop.."))
            .because("there are machines without fonts");

    @ArchTest
    static final ArchRule FORMATTING_NAMES_ITS_LOCALE = noClasses()
            .should()
            .accessTargetWhere(calls(Map.ofEntries(
                    Map.entry(
                            "java.lang.String",
                            Set.of(
                                    "format(java.lang.String, [Ljava.lang.Object;)",
                                    "formatted([Ljava.lang.Object;)",
                                    "toLowerCase()",
                                    "toUpperCase()")),
                    Map.entry(
                            "java.io.PrintStream",
                            Set.of(
                                    "format(java.lang.String, [Ljava.lang.Object;)",
                                    "printf(java.lang.String, [Ljava.lang.Object;)")),
                    Map.entry(
                            "java.io.PrintWriter",
                            Set.of(
                                    "format(java.lang.String, [Ljava.lang.Object;)",
                                    "printf(java.lang.String, [Ljava.lang.Object;)")),
                    Map.entry(
                            "java.util.Formatter",
                            Set.of(
                                    "<init>()",
                                    "<init>(java.lang.Appendable)",
                                    "<init>(java.io.OutputStream)",
                                    "<init>(java.io.PrintStream)",
                                    "<init>(java.io.File)",
                                    "<init>(java.io.File, java.lang.String)",
                                    "<init>(java.lang.String)",
                                    "<init>(java.lang.String, java.lang.String)")),
                    Map.entry("java.text.DecimalFormat", Set.of("<init>()", "<init>(java.lang.String)")),
                    Map.entry(
                            "java.text.NumberFormat",
                            Set.of(
                                    "getInstance()",
                                    "getNumberInstance()",
                                    "getIntegerInstance()",
                                    "getPercentInstance()",
                                    "getCurrencyInstance()",
                                    "getCompactNumberInstance()")),
                    Map.entry("java.text.SimpleDateFormat", Set.of("<init>()", "<init>(java.lang.String)")),
                    Map.entry(
                            "java.text.MessageFormat",
                            Set.of("<init>(java.lang.String)", "format(java.lang.String, [Ljava.lang.Object;)")),
                    Map.entry("java.time.format.DateTimeFormatter", Set.of("ofPattern(java.lang.String)")),
                    Map.entry("java.util.Locale", Set.of("getDefault()", "getDefault(java.util.Locale$Category)")))))
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Scanner")
            .because("output is the same in every locale: pass Locale.ROOT");

    @ArchTest
    static final ArchRule TEXT_NAMES_ITS_CHARSET = noClasses()
            .should()
            .accessTargetWhere(calls(Map.ofEntries(
                    Map.entry("java.lang.String", Set.of("getBytes()", "<init>([B)", "<init>([B, int, int)")),
                    Map.entry("java.io.InputStreamReader", Set.of("<init>(java.io.InputStream)")),
                    Map.entry("java.io.OutputStreamWriter", Set.of("<init>(java.io.OutputStream)")),
                    Map.entry(
                            "java.io.FileReader",
                            Set.of(
                                    "<init>(java.io.File)",
                                    "<init>(java.lang.String)",
                                    "<init>(java.io.FileDescriptor)")),
                    Map.entry(
                            "java.io.FileWriter",
                            Set.of(
                                    "<init>(java.io.File)",
                                    "<init>(java.io.File, boolean)",
                                    "<init>(java.lang.String)",
                                    "<init>(java.lang.String, boolean)",
                                    "<init>(java.io.FileDescriptor)")),
                    Map.entry(
                            "java.io.PrintStream",
                            Set.of(
                                    "<init>(java.io.OutputStream)",
                                    "<init>(java.io.OutputStream, boolean)",
                                    "<init>(java.io.File)",
                                    "<init>(java.lang.String)")),
                    Map.entry(
                            "java.io.PrintWriter",
                            Set.of(
                                    "<init>(java.io.OutputStream)",
                                    "<init>(java.io.OutputStream, boolean)",
                                    "<init>(java.io.File)",
                                    "<init>(java.lang.String)")),
                    Map.entry("java.io.ByteArrayOutputStream", Set.of("toString()")),
                    Map.entry("java.nio.charset.Charset", Set.of("defaultCharset()")))))
            .because("files and output are the same on every machine: pass a Charset");

    @ArchTest
    static final ArchRule TIME_NAMES_ITS_ZONE = noClasses()
            .should()
            .accessTargetWhere(calls(Map.ofEntries(
                    Map.entry("java.time.ZoneId", Set.of("systemDefault()")),
                    Map.entry("java.time.LocalDate", Set.of("now()")),
                    Map.entry("java.time.LocalTime", Set.of("now()")),
                    Map.entry("java.time.LocalDateTime", Set.of("now()")),
                    Map.entry("java.time.ZonedDateTime", Set.of("now()")),
                    Map.entry("java.time.OffsetDateTime", Set.of("now()")),
                    Map.entry("java.util.TimeZone", Set.of("getDefault()")))))
            .because("output is the same in every time zone: use Instant, or pass ZoneOffset.UTC");

    @ArchTest
    static final ArchRule RANDOM_NUMBERS_COME_FROM_KEYED_STREAMS = noClasses()
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Random.class, SplittableRandom.class, ThreadLocalRandom.class)
            .orShould()
            .dependOnClassesThat(resideInAnyPackage("java.security..", "org.apache.commons.math3.random..")
                    .and(describe("draw random numbers", type -> !isDigest(type))))
            .orShould()
            .accessTargetWhere(calls(Map.ofEntries(
                    Map.entry("java.lang.Math", Set.of("random()")),
                    Map.entry("java.lang.StrictMath", Set.of("random()")),
                    Map.entry("java.util.UUID", Set.of("randomUUID()")),
                    Map.entry("java.util.Collections", Set.of("shuffle(java.util.List)")),
                    Map.entry("java.util.random.RandomGenerator", Set.of("getDefault()", "of(java.lang.String)")))))
            .because("every random number is a pure function of its key: use org.vmmlib.core.random");

    /** Hashes of files are no random numbers. */
    private static boolean isDigest(JavaClass type) {
        return type.getName().startsWith("java.security.MessageDigest")
                || type.getName().startsWith("java.security.Digest")
                || type.getName().equals("java.security.NoSuchAlgorithmException");
    }

    @ArchTest
    static final ArchRule PHYSICS_DOES_NOT_LOOK_AT_THE_CLOCK = noClasses()
            .that()
            .resideInAnyPackage(CORE, DEVICES, PERIPHERALS, NOISE)
            .should()
            .accessTargetWhere(calls(Map.ofEntries(
                    Map.entry("java.lang.System", Set.of("currentTimeMillis()")),
                    Map.entry("java.time.Instant", Set.of("now()")),
                    Map.entry("java.util.Date", Set.of("<init>()")))))
            .because("a result depends on its inputs alone; System.nanoTime() may measure how long it took");

    // Simple

    @ArchTest
    static final ArchRule NO_STATIC_FIELD_CHANGES = fields().that()
            .areStatic()
            .and(describe(
                    "are written in the source", field -> !field.getModifiers().contains(JavaModifier.SYNTHETIC)))
            .should()
            .beFinal();

    @ArchTest
    static final ArchRule NO_STATIC_FIELD_HOLDS_WHAT_CHANGES = fields().that()
            .areStatic()
            .should()
            .notHaveRawType(describe("is made to be changed", ArchitectureTest::isMadeToBeChanged));

    private static boolean isMadeToBeChanged(JavaClass type) {
        boolean concreteCollection = (type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class))
                && !type.isInterface()
                && type.getPackageName().startsWith("java.util");
        return concreteCollection
                || type.getPackageName().equals("java.util.concurrent.atomic")
                || type.isAssignableTo(ThreadLocal.class)
                || type.isAssignableTo(StringBuilder.class)
                || type.getPackageName().startsWith("org.ejml.data");
    }

    @ArchTest
    static final ArchRule STATIC_ARRAYS_STAY_WHERE_THEY_ARE_MADE = fields().that()
            .areStatic()
            .and(describe("are arrays", (JavaField field) -> field.getRawType().isArray()))
            .and(describe(
                    "are written in the source", field -> !field.getModifiers().contains(JavaModifier.SYNTHETIC)))
            .should()
            .bePrivate()
            .because("whoever sees an array can change it")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS =
            noClasses().should().haveNameMatching(".*(Utils?|Helpers?|Manager|Impl)(\\$.*)?");

    @ArchTest
    static void everyPackageSaysWhichValuesMayBeNull(JavaClasses classes) {
        Set<String> unmarked = new TreeSet<>();
        for (JavaClass type : classes) {
            if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                unmarked.add(type.getPackageName());
            }
        }
        assertEquals(Set.of(), unmarked, "packages without @NullMarked in their package-info.java");
    }

    @ArchTest
    static void theRulesSeeEveryModule(JavaClasses classes) {
        for (String module : List.of("core", "devices", "peripherals", "noise", "studies")) {
            boolean seen = classes.stream()
                    .anyMatch(type -> (type.getPackageName() + ".").startsWith("org.vmmlib." + module + "."));
            assertEquals(true, seen, "classes of " + module + " are on the class path");
        }
    }

    /** A call of, or a reference to, one of these methods and constructors, given as name(parameter types). */
    private static DescribedPredicate<JavaAccess<?>> calls(Map<String, Set<String>> signatures) {
        return describe("the call depends on the machine or the moment", access -> {
            if (!(access.getTarget() instanceof CodeUnitAccessTarget target)) {
                return false;
            }
            Set<String> forbidden = signatures.get(target.getOwner().getName());
            String parameters = String.join(
                    ", ",
                    target.getRawParameterTypes().stream()
                            .map(JavaClass::getName)
                            .toList());
            return forbidden != null && forbidden.contains(target.getName() + "(" + parameters + ")");
        });
    }
}
