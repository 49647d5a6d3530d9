using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Qipan.Cases;
using Qipan.Consoles.Shell;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;
using Qipan.Tracing;

namespace Qipan.Consoles.CaseDesk;

/// <summary>The investigation desk 流调, and one case with everything that is done on it.</summary>
static class CaseRoutes
{
    public static void MapCaseDesk(this IEndpointRouteBuilder app)
    {
        app.MapGet("/cases", (HttpContext http, Store store, string? area, string? show, string? after) =>
            Page.Of<CaseListPage, CaseListModel>(CaseListModel.Load(http, store, area, show, after), m => new { Model = m })).Needs(Permission.SeeCases);
        app.MapPost("/cases", Open).Needs(Permission.InvestigateCases);
        app.MapGet("/cases/{no}", Show).Needs(Permission.SeeCases);
        Act(app, "report", (http, id, form) => Use<ReportCaseHandler>(http).Handle(http.Caller(), new ReportCase(id, Version: form.Version())));
        Act(app, "review", (http, id, form) => Use<ReviewCaseHandler>(http).Handle(http.Caller(), new ReviewCase(id, form.Version())));
        Act(app, "take", (http, id, form) => Use<AssignInvestigationHandler>(http).Handle(http.Caller(), new AssignInvestigation(id, Version: form.Version())));
        Act(app, "isolate", (http, id, form) => Use<IsolateCaseHandler>(http).Handle(http.Caller(), new IsolateCase(id, Version: form.Version())));
        Act(app, "asked", (http, id, form) => Use<AskedContactsHandler>(http).Handle(http.Caller(), new AskedContacts(id, Version: form.Version())));
        Act(app, "source", (http, id, form) => Use<DeclareSourceHandler>(http).Handle(http.Caller(), new DeclareSource(id, form.Text("reason"), form.Version())));
        Act(app, "looked", (http, id, form) => Use<ClearFlagHandler>(http).Handle(http.Caller(), new ClearFlag(id, form.Text("flag"), form.Text("reason"), form.Version())));
        Act(app, "investigation", (http, id, form) => Use<MoveInvestigationHandler>(http).Handle(http.Caller(),
            new MoveInvestigation(id, form.Choice(InvestigationState.Assigned, "to"), form.Text("reason"), form.Version())));
        Act(app, "classify", (http, id, form) => Use<ClassifyCaseHandler>(http).Handle(http.Caller(),
            new ClassifyCase(id, form.Choice(CaseClass.Unclassified, "class"), form.Text("reason"), form.Version())));
        Act(app, "course", (http, id, form) => Use<RecordCourseHandler>(http).Handle(http.Caller(), new RecordCourse(
            id, form.Choice(ClinicalState.AwaitingTransfer, "clinical"), form.Choice(CaseSeverity.Unknown, "severity"), form.Day("on"), Version: form.Version())));
        Act(app, "correct", (http, id, form) => Use<CorrectCaseHandler>(http).Handle(http.Caller(), new CorrectCase(
            id, form.Text("reason"), form.Day("onset"), DeathOn: form.Day("death"), Origin: form.Choice(CaseOrigin.Unknown, "origin"), Version: form.Version())));
        Act(app, "attribute", (http, id, form) => Use<AttributeCaseHandler>(http).Handle(http.Caller(),
            new AttributeCase(id, form.Text("reason"), OnsetRegion: form.Text("region"), Version: form.Version())));
        Act(app, "findings", (http, id, form) => Use<RecordFindingsHandler>(http).Handle(http.Caller(), new RecordFindings(
            id, [.. form.Where(f => f.Value == "yes" || f.Value == "no").Select(f => new CaseFinding(f.Key, f.Value == "yes"))], form.Version())));
        Act(app, "stays", (http, id, form) => Use<AddStayHandler>(http).Handle(http.Caller(), new AddStay(id, StayForm.Of(form, Use<LocalDays>(http)))));
        Act(app, "stays/correct", (http, id, form) => Use<CorrectStayHandler>(http).Handle(http.Caller(),
            new CorrectStay(id, form.Id("item"), StayForm.Of(form, Use<LocalDays>(http)), form.Text("reason"))));
        Act(app, "stays/withdraw", (http, id, form) => Use<CorrectStayHandler>(http).Handle(http.Caller(),
            new WithdrawStay(id, form.Id("item"), form.Text("reason"))));
        Act(app, "links", (http, id, form) => Use<AddLinkHandler>(http).Handle(http.Caller(), new AddLink(
            Known(http, form.Text("from"))?.Id ?? Guid.Empty, id, form.Choice(LinkConfidence.Suspected, "confidence"), form.Text("situation"), form.Day("on"))));
        Act(app, "cluster", (http, id, form) => Use<MoveToClusterHandler>(http).Handle(http.Caller(),
            new MoveToCluster(id, form.Id("cluster") is var cluster && cluster == Guid.Empty ? null : cluster, form.Text("reason"), form.Version())));
        Act(app, "links/withdraw", (http, _, form) => Use<AddLinkHandler>(http).Handle(http.Caller(),
            new WithdrawLink(form.Id("link"), form.Text("reason"))));
    }

    static void Act<T>(IEndpointRouteBuilder app, string name, Func<HttpContext, Guid, IFormCollection, Task<Outcome<T>>> act) =>
        app.MapPost($"/cases/{{no}}/{name}", async (HttpContext http, string no, IFormCollection form) =>
        {
            if (Known(http, no) is not { } row)
                return Page.Refused(new CaseNotHere());
            var outcome = await act(http, row.Id, form);
            return outcome.Ok ? Page.See($"/cases/{row.No}") : Page.Refused(outcome.Refusal);
        }).Needs(Permission.InvestigateCases);

    static async Task<IResult> Open(HttpContext http, OpenCaseHandler handler, IFormCollection form)
    {
        var opened = await handler.Handle(http.Caller(), new OpenCase(
            form.Id("person"), form.Text("disease"), form.Choice(CaseClass.Suspect, "class"), Onset: form.Day("onset"),
            HandedOverBy: form.Word("by"), HandoverNo: form.Word("number")));
        return opened.Ok ? Page.See($"/cases/{opened.Value.Case.No}") : Page.Refused(opened.Refusal);
    }

    static async Task<IResult> Show(HttpContext http, string no)
    {
        var found = await Use<CaseViews>(http).One(http.Caller(), no);
        if (!found.Ok)
            return Page.Refused(found.Refusal);
        var row = found.Value.Case;
        var (places, handovers) = Use<Store>(http).Read(s => (Lookups.Addresses(s,
            found.Value.Itinerary.Select(i => i.Place).OfType<string>().Concat([row.OnsetRegion, row.CurrentRegion, row.Custody]), RequestLanguage.Of(http)),
            HandoverLists.OfSubject(s, http.Caller(), row.Id)));
        var rule = Use<CaseDefinitions>(http).Of(row);
        return Page.Of<OneCasePage>(new
        {
            Model = found.Value,
            Rule = rule.Ok ? rule.Value.Rule : null,
            Places = places,
            Handovers = handovers,
            Line = CaseTimeline.Of(new Reader(http), found.Value, Use<CaseWindows>(http).Of(row),
                Use<Store>(http).Read(s => CaseBook.ByIds(s, [.. found.Value.Links.Select(l => l.Other).OfType<Guid>()])), Use<LocalDays>(http)),
            Clusters = Use<Store>(http).Read(s => ClusterBook.OfCounty(s, row.Owner)),
            May = CaseRights.MayChange(http.Caller(), row) && row.Class != CaseClass.RuledOut,
        });
    }

    static CaseRow? Known(HttpContext http, string idOrNo) => Use<Store>(http).Read(s => CaseBook.Find(s, idOrNo.Trim()));

    static T Use<T>(HttpContext http)
        where T : notnull => (T)http.RequestServices.GetService(typeof(T))!;
}

/// <summary>No case has this number.</summary>
sealed record CaseNotHere() : Refusal("case_unknown", RefusalKind.NotFound, "No case has this id or number.", "没有该病例。");

/// <summary>What the desk's forms hold.</summary>
static class FormFields
{
    public static string Text(this IFormCollection form, string name) => form[name].ToString().Trim();

    public static string? Word(this IFormCollection form, string name) => form.Text(name) is { Length: > 0 } text ? text : null;

    /// <summary>The version of the record that the sender saw.</summary>
    public static long? Version(this IFormCollection form) =>
        long.TryParse(form.Text("version"), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;

    public static Guid Id(this IFormCollection form, string name) => Guid.TryParse(form.Text(name), out var id) ? id : Guid.Empty;

    public static DateOnly? Day(this IFormCollection form, string name) =>
        DateOnly.TryParseExact(form.Text(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    public static TEnum Choice<TEnum>(this IFormCollection form, TEnum otherwise, string name)
        where TEnum : struct, Enum => Enum.TryParse<TEnum>(form.Text(name), out var value) && Enum.IsDefined(value) ? value : otherwise;
}

/// <summary>A stay as the form says it: times of the deployment's zone; an end before the beginning is of the next day.</summary>
static class StayForm
{
    public static NewStay Of(IFormCollection form, LocalDays days)
    {
        var day = form.Day("onDay") ?? days.DateOf(DateTimeOffset.MaxValue.AddDays(-2));
        var from = Time(form, "from");
        var to = Time(form, "to");
        var begins = from is { } f ? days.StartOf(day) + f : (DateTimeOffset?)null;
        return new NewStay
        {
            OnDay = day,
            FromAt = begins,
            ToAt = to is { } t ? days.StartOf(t < from ? day.AddDays(1) : day) + t : null,
            DayPart = form.Choice(DayPart.None, "part"),
            Place = form.Word("place"),
            Venue = form.Id("venue") is var venue && venue == Guid.Empty ? null : venue,
            ClosedLoop = form.Choice(LoopState.None, "loop"),
            PlaceText = form.Text("placeText"),
            SubArea = form.Word("subArea"),
            Activity = form.Word("activity"),
            Transport = form.Choice(TransportKind.None, "transport"),
            VehicleNo = form.Word("vehicle"),
            Coach = form.Word("coach"),
            SeatRow = form.Word("row"),
            Seat = form.Word("seat"),
            Protection = form.Choice(Protection.Unknown, "protection"),
            Source = form.Choice(ItinerarySource.Recall, "source"),
        };
    }

    static TimeSpan? Time(IFormCollection form, string name) =>
        TimeOnly.TryParseExact(form.Text(name), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time.ToTimeSpan() : null;
}
