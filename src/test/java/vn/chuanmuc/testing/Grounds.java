package vn.chuanmuc.testing;

import org.springframework.beans.factory.support.BeanDefinitionDefaults;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.filter.AnnotationTypeFilter;

/**
 * Every {@link TestComponent} of ours, made when a test asks for it. A test that imported its own would start a product of its own:
 * so all of them share one.
 */
class Grounds implements ImportBeanDefinitionRegistrar {
    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        var scanner = new ClassPathBeanDefinitionScanner(registry, false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(TestComponent.class));
        var defaults = new BeanDefinitionDefaults();
        defaults.setLazyInit(true);
        scanner.setBeanDefinitionDefaults(defaults);
        scanner.scan("vn.chuanmuc");
    }
}
