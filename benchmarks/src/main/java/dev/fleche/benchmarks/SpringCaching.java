package dev.fleche.benchmarks;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.caffeine.CaffeineCacheManager;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;

/** A Spring context with one bean whose method is cached in Caffeine. */
final class SpringCaching implements AutoCloseable {

    private final AnnotationConfigApplicationContext context;
    private final Relaxation relaxation;
    private final AtomicLong computed;

    private SpringCaching(AnnotationConfigApplicationContext context, AtomicLong computed) {
        this.context = context;
        this.relaxation = context.getBean(Relaxation.class);
        this.computed = computed;
    }

    static SpringCaching open(int maxEntries) {
        AtomicLong computed = new AtomicLong();
        CaffeineCacheManager caches = new CaffeineCacheManager("relaxation");
        caches.setCaffeine(Caffeine.newBuilder().maximumSize(maxEntries));
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.register(Caching.class);
        context.registerBean(CacheManager.class, () -> caches);
        context.registerBean(Relaxation.class, () -> new CachedRelaxation(computed));
        context.refresh();
        return new SpringCaching(context, computed);
    }

    /** Returns the bean as Spring hands it out, with caching around it. */
    Relaxation relaxation() {
        return relaxation;
    }

    /** Returns how many calls were computed. */
    long computed() {
        return computed.get();
    }

    @Override
    public void close() {
        context.close();
    }

    /** Switches caching by annotation on; Spring subclasses it. */
    @Configuration
    @EnableCaching
    static class Caching {}

    interface Relaxation {
        double relax(int a, int b);
    }

    static final class CachedRelaxation implements Relaxation {

        private final AtomicLong computed;

        CachedRelaxation(AtomicLong computed) {
            this.computed = computed;
        }

        @Override
        @Cacheable("relaxation")
        public double relax(int a, int b) {
            computed.incrementAndGet();
            return Functions.relax(a, b);
        }
    }
}
