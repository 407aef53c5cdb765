package vn.chuanmuc.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** ADR 0012: the program that checks shares no code with the product, in neither direction. */
class VerifyAloneTest {
    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("vn.chuanmuc");

    @Test
    void theProgramUsesNothingButTheJdk() {
        assertThat(PRODUCT.stream().filter(any -> any.getPackageName().equals("vn.chuanmuc.verify")))
                .hasSizeGreaterThan(10);
        classes()
                .that()
                .resideInAPackage("vn.chuanmuc.verify..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "vn.chuanmuc.verify..")
                .check(PRODUCT);
    }

    @Test
    void theProductUsesNothingOfTheProgram() {
        noClasses()
                .that()
                .resideOutsideOfPackage("vn.chuanmuc.verify..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("vn.chuanmuc.verify..")
                .check(PRODUCT);
    }
}
