package dev.staleless.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** Rules of the code that hold in every module. */
class HouseStyleTest {
    /** A word of a name that says nothing of what is in it. */
    private static final Pattern EMPTY_WORD =
            Pattern.compile(".*(?:Util|Utils|Common|Commons|Helper|Helpers|Manager|Managers)");

    @Test
    void noClassHasANameThatSaysNothing() {
        noClasses()
                .that()
                .resideInAPackage("dev.staleless..")
                .should()
                .haveNameMatching(EMPTY_WORD.pattern())
                .check(Product.classes());
    }

    @Test
    void noPackageHasANameThatSaysNothing() {
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..utils..", "..common..", "..helper..", "..helpers..", "..manager..")
                .check(Product.classes());
    }

    @Test
    void everyPackageIsNullMarked() {
        List<String> unmarked = packages()
                .filter(each -> !each.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .toList();

        assertThat(unmarked).isEmpty();
    }

    @Test
    void noPublicSignatureOfTheRedisModuleNamesItsClient() {
        DescribedPredicate<JavaClass> client = JavaClass.Predicates.resideInAnyPackage("io.lettuce..", "io.netty..");
        noMethods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage("dev.staleless.redis..")
                .and()
                .areDeclaredInClassesThat()
                .arePublic()
                .and(publicOrProtected())
                .should()
                .haveRawReturnType(client)
                .orShould()
                .haveRawParameterTypes(DescribedPredicate.anyElementThat(client))
                .allowEmptyShould(true)
                .check(Product.classes());
    }

    @Test
    void noSerializationOfJava() {
        noClasses()
                .that()
                .resideInAPackage("dev.staleless..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectInputStream")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectOutputStream")
                .check(Product.classes());
    }

    @Test
    void testsOfAContractCannotBeOverridden() {
        methods()
                .that()
                .areAnnotatedWith(Test.class)
                .and()
                .areDeclaredInClassesThat()
                .resideInAPackage("dev.staleless.testkit..")
                .should()
                .beFinal()
                .allowEmptyShould(true)
                .check(Product.classes());
    }

    @Test
    void loggersArePrivateConstants() {
        fields().that()
                .haveRawType(Logger.class)
                .should()
                .bePrivate()
                .andShould()
                .beStatic()
                .andShould()
                .beFinal()
                .allowEmptyShould(true)
                .check(Product.classes());
    }

    @Test
    void exceptionsAreImmutable() {
        classes()
                .that()
                .areAssignableTo(Throwable.class)
                .and()
                .resideInAPackage("dev.staleless..")
                .should()
                .haveOnlyFinalFields()
                .allowEmptyShould(true)
                .check(Product.classes());
    }

    private static Stream<JavaPackage> packages() {
        return Product.classes().getPackage("dev.staleless").getSubpackagesInTree().stream()
                .filter(each -> !each.getClasses().isEmpty());
    }

    private static DescribedPredicate<JavaMethod> publicOrProtected() {
        return DescribedPredicate.describe(
                "are public or protected",
                method -> method.getModifiers().contains(JavaModifier.PUBLIC)
                        || method.getModifiers().contains(JavaModifier.PROTECTED));
    }
}
