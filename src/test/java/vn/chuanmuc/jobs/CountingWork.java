package vn.chuanmuc.jobs;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.springframework.stereotype.Component;

/** Work whose steps a test writes; found by the name the test gave its job. */
@Component
class CountingWork implements Work {
    static final String KIND = "jobs.counting";

    final Map<String, BiFunction<Job, Progress, Step>> scripts = new ConcurrentHashMap<>();
    final Map<String, Job> ended = new ConcurrentHashMap<>();

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Step step(Job job, Progress progress) {
        var script = scripts.get(job.label());
        if (script == null) {
            throw new IllegalStateException("no script for " + job.label());
        }
        return script.apply(job, progress);
    }

    @Override
    public String page(Job job) {
        return "/viec";
    }

    @Override
    public void ended(Job job) {
        ended.put(job.label(), job);
    }
}
