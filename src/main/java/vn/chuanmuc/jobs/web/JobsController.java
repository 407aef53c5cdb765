package vn.chuanmuc.jobs.web;

import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import vn.chuanmuc.access.Allowed;
import vn.chuanmuc.access.Permission;
import vn.chuanmuc.access.Viewer;
import vn.chuanmuc.jobs.Job;
import vn.chuanmuc.jobs.Jobs;
import vn.chuanmuc.kernel.NotFound;
import vn.chuanmuc.ui.View;

/** Everybody sees and stops the long work they asked for themselves. */
@Controller
class JobsController {
    private final Jobs jobs;

    JobsController(Jobs jobs) {
        this.jobs = jobs;
    }

    @GetMapping("/viec-nen")
    @Allowed(Permission.OWN_PAGES)
    View mine(Viewer viewer) {
        return new JobsPage(jobs.of(viewer.tenantId(), viewer.accountId()));
    }

    @GetMapping("/viec-nen/{id}")
    @Allowed(Permission.OWN_PAGES)
    View one(Viewer viewer, @PathVariable("id") UUID id) {
        Job job = own(viewer, id);
        return new JobPage(job, jobs.page(job));
    }

    @PostMapping("/viec-nen/{id}/dung")
    @Allowed(Permission.OWN_PAGES)
    String cancel(Viewer viewer, @PathVariable("id") UUID id) {
        boolean stopping = jobs.cancel(viewer.tenantId(), own(viewer, id).id());
        return "redirect:/viec-nen/" + id + (stopping ? "?xong=job-cancelled" : "");
    }

    private Job own(Viewer viewer, UUID id) {
        return jobs.find(viewer.tenantId(), id)
                .filter(job -> job.requestedBy().equals(viewer.accountId()))
                .orElseThrow(() -> new NotFound("job"));
    }
}
