using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Qipan.Cases;
using Qipan.Consoles.CaseDesk;
using Qipan.Consoles.Shell;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;
using Qipan.Tracing;

namespace Qipan.Consoles.ChainDesk;

/// <summary>Whom a case may have it from, and the form that accepts one of them as its source.</summary>
static class SourceRoutes
{
    public static void MapSources(this IEndpointRouteBuilder app)
    {
        app.MapGet("/cases/{no}/sources", (HttpContext http, Store store, FindSources sources, string no) => Show(http, store, sources, no))
            .Needs(Permission.SeeCases);
        app.MapPost("/cases/{no}/sources", Accept).Needs(Permission.InvestigateCases);
    }

    static async Task<IResult> Accept(HttpContext http, Store store, FindSources sources, AddLinkHandler links, string no, IFormCollection form)
    {
        var (to, from) = store.Read(s => (CaseBook.Find(s, no), CaseBook.Find(s, form.Text("from"))));
        if (to is null)
            return Page.Refused(new CaseNotHere());
        if (form.Word("reason") is not { } reason)
            return Page.Refused(new SourceReasonMissing());
        var found = store.Read(s => sources.Of(s, http.Caller(), to.Id));
        var candidate = found.Ok ? found.Value.Candidates.FirstOrDefault(c => c.Case == from?.Id) : null;
        var linked = await links.Handle(http.Caller(), new AddLink(from?.Id ?? Guid.Empty, to.Id, form.Choice(LinkConfidence.Suspected, "confidence"),
            candidate?.Situation ?? "", form.Day("on"), candidate is null ? reason : $"{candidate.Sources}: {reason}"));
        return linked.Ok ? Page.See($"/cases/{to.No}") : Page.Refused(linked.Refusal);
    }

    static IResult Show(HttpContext http, Store store, FindSources sources, string no) => store.Read(s =>
    {
        if (CaseBook.Find(s, no) is not { } row)
            return Page.Refused(new CaseNotHere());
        return sources.Of(s, http.Caller(), row.Id).Match(found => Page.Of<SourcesPage>(new
        {
            Model = found,
            Venues = VenueNames(s, found),
            May = CaseRights.MayChange(http.Caller(), row) && row.Class != CaseClass.RuledOut,
        }), Page.Refused);
    });

    static Dictionary<string, string> VenueNames(Session session, SourceCandidates found) => VenueRow.ByIds(session,
        [.. found.Candidates.SelectMany(c => c.Evidence.Meetings).Select(m => Guid.TryParseExact(m.Venue, "N", out var id) ? id : default).Where(id => id != default).Distinct()])
        .ToDictionary(v => v.Id.ToString("N"), v => v.Name);

    /// <summary>No reason was given.</summary>
    sealed record SourceReasonMissing : Refusal
    {
        public SourceReasonMissing()
            : base("reason_missing", RefusalKind.Invalid, "Say why this case is taken for the source.", "请填写认定为源头的理由。") => Field = "basis";
    }
}
