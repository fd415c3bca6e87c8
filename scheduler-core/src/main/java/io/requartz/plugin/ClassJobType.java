package io.requartz.plugin;

import io.requartz.api.ErrorClassifier;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import org.quartz.Job;

/** A job type made by its class's constructor. The class is initialized by the first {@link #newJob}, on the caller's thread. */
record ClassJobType(
        JobTypeDefinition definition,
        Constructor<? extends Job> constructor,
        String settingsSchema,
        List<ErrorClassifier> classifiers)
        implements LoadedJobType {

    ClassJobType {
        classifiers = List.copyOf(classifiers);
    }

    @Override
    public ClassLoader classLoader() {
        return constructor.getDeclaringClass().getClassLoader();
    }

    @Override
    public Job newJob() throws Exception {
        try {
            return constructor.newInstance();
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception own) {
                throw own;
            }
            if (e.getCause() instanceof Error own) {
                throw own;
            }
            throw e;
        }
    }
}
