package org.vmmlib.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a user of the library can see has a comment that says what it is. */
final class DocumentationTest {
    @ParameterizedTest
    @ValueSource(strings = {"vmm-core", "devices", "peripherals", "noise", "studies"})
    void everythingPublicIsDocumented(String module) throws IOException {
        Path sources = Path.of(System.getProperty("vmm.root", "."), module, "src", "main", "java");
        List<Path> files;
        try (Stream<Path> tree = Files.walk(sources)) {
            files = tree.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
        assertTrue(!files.isEmpty(), "no sources in " + sources);

        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> undocumented = new ArrayList<>();
        try (StandardJavaFileManager manager =
                compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
            DocTrees trees = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                new Visible(trees, unit, undocumented).scan(unit, null);
            }
        }
        assertEquals(List.of(), undocumented);
    }

    /** Visits the types and members that can be seen from other packages, and lists those without a comment. */
    private static final class Visible extends TreePathScanner<@Nullable Void, @Nullable Void> {
        private final DocTrees trees;
        private final CompilationUnitTree unit;
        private final List<String> undocumented;

        Visible(DocTrees trees, CompilationUnitTree unit, List<String> undocumented) {
            this.trees = trees;
            this.unit = unit;
            this.undocumented = undocumented;
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
            if (isVisible(type.getModifiers())) {
                check(type, type.getSimpleName().toString());
                super.visitClass(type, null);
            }
            return null;
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
            // A record's constructor is documented with its components.
            boolean ofRecord = method.getReturnType() == null && enclosing().getKind() == Tree.Kind.RECORD;
            if (isVisible(method.getModifiers()) && !isOverride(method) && !ofRecord) {
                check(method, enclosing().getSimpleName() + "." + method.getName());
            }
            return null;
        }

        @Override
        public @Nullable Void visitVariable(VariableTree field, @Nullable Void nothing) {
            // An enum's constants often need no more than their name.
            if (enclosing().getKind() != Tree.Kind.ENUM && isVisible(field.getModifiers())) {
                check(field, enclosing().getSimpleName() + "." + field.getName());
            }
            return null;
        }

        @Override
        public @Nullable Void visitBlock(BlockTree initializer, @Nullable Void nothing) {
            return null;
        }

        private boolean isVisible(ModifiersTree modifiers) {
            Set<Modifier> flags = modifiers.getFlags();
            TreePath parent = getCurrentPath().getParentPath();
            boolean ofInterface = parent != null
                    && (parent.getLeaf().getKind() == Tree.Kind.INTERFACE
                            || parent.getLeaf().getKind() == Tree.Kind.ANNOTATION_TYPE);
            return flags.contains(Modifier.PUBLIC)
                    || flags.contains(Modifier.PROTECTED)
                    || (ofInterface && !flags.contains(Modifier.PRIVATE));
        }

        private static boolean isOverride(MethodTree method) {
            return method.getModifiers().getAnnotations().stream()
                    .anyMatch(annotation ->
                            annotation.getAnnotationType().toString().equals("Override"));
        }

        private ClassTree enclosing() {
            return (ClassTree) getCurrentPath().getParentPath().getLeaf();
        }

        private void check(Tree tree, String name) {
            DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
            if (comment == null
                    || (comment.getFullBody().isEmpty()
                            && comment.getBlockTags().isEmpty())) {
                long line = unit.getLineMap()
                        .getLineNumber(trees.getSourcePositions().getStartPosition(unit, tree));
                Path file = Path.of(unit.getSourceFile().getName()).getFileName();
                undocumented.add(file + ":" + line + " " + name);
            }
        }
    }
}
