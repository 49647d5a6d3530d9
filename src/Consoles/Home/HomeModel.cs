using Microsoft.AspNetCore.Http;
using Qipan.Consoles.CaseDesk;
using Qipan.Consoles.DutyDesk;
using Qipan.Consoles.LabDesk;
using Qipan.Consoles.PointDesk;
using Qipan.Consoles.RoundDesk;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Laboratory;
using Qipan.Storage;

namespace Qipan.Consoles.Home;

/// <summary>What the reader's desk opens the day with (design 5); a part is null where the reader's roles do not show it.</summary>
public sealed record HomeModel(
    DutyListModel? Duties, RoundListModel? Rounds, PointModel? Points, LabModel? Lab, IReadOnlyList<AlertView>? Alerts, CaseListModel? Cases, CaseListModel? Mine)
{
    public static HomeModel Load(HttpContext http, Store store)
    {
        var caller = http.Caller();
        T? Part<T>(Permission permission, Func<Outcome<T>> load)
            where T : class => caller.May(permission) && load() is { Ok: true } loaded ? loaded.Value : null;
        return new HomeModel(
            Part(Permission.SeeDuties, () => DutyListModel.Load(http, store, new DutyListAsked())),
            Part(Permission.SeeFigures, () => RoundListModel.Load(http, store, area: null, after: null)),
            Part(Permission.RunRounds, () => PointModel.Load(http, store, area: null)),
            Part(Permission.WorkInLaboratory, () => LabModel.Load(http, store, lab: null, after: null)),
            Part(Permission.HandleAlerts, () => Outcome.Of(store.Read(s => AlertViews.Page(s, caller, closed: false, after: null, take: 50).Items))),
            Part(Permission.SeeCases, () => CaseListModel.Load(http, store, area: null, show: null, after: null)),
            Part(Permission.InvestigateCases, () => CaseListModel.Load(http, store, area: null, show: "mine", after: null)));
    }

    /// <summary>Nothing of a desk's own is shown to this reader.</summary>
    public bool Empty => (Duties, Rounds, Lab, Alerts, Cases) is (null, null, null, null, null);
}
