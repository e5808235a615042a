package org.milvustls.stories;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.milvustls.server.ServerKind;

/** A story that is told on an embedded Milvus and on one in a container. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass(name = "{0}")
@EnumSource(
    value = ServerKind.class,
    names = {"EMBEDDED", "CONTAINER"})
@interface EachServerKind {}
