package vn.chuanmuc.ui;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerMapping;
import vn.chuanmuc.kernel.Check;
import vn.chuanmuc.kernel.NotFound;

/** Reads records of {@link InPath}. */
record PathArgument() implements HandlerMethodArgumentResolver {
    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.hasParameterAnnotation(InPath.class);
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest web,
            @Nullable WebDataBinderFactory binders)
            throws Exception {
        var parts = (Map<?, ?>) Objects.requireNonNull(
                web.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, RequestAttributes.SCOPE_REQUEST));
        RecordComponent[] components = parameter.getParameterType().getRecordComponents();
        WebDataBinder binder = Objects.requireNonNull(binders).createBinder(web, null, "path");
        var values = new @Nullable Object[components.length];
        try {
            for (int i = 0; i < components.length; i++) {
                Object part = parts.get(components[i].getName());
                Check.that(part != null, "the route has every part of the record");
                values[i] = binder.convertIfNecessary(part, components[i].getType());
            }
        } catch (TypeMismatchException e) {
            throw new NotFound("address");
        }
        Constructor<?> constructor = parameter
                .getParameterType()
                .getDeclaredConstructor(
                        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        return BeanUtils.instantiateClass(constructor, values);
    }
}
