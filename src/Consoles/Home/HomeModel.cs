using Microsoft.AspNetCore.Http;
using Qipan.Consoles.DutyDesk;
using Qipan.Consoles.RoundDesk;
using Qipan.Http;
using Qipan.Storage;

namespace Qipan.Consoles.Home;

/// <summary>What the reader's desk opens the day with; a part is null where the reader's roles do not show it.</summary>
public sealed record HomeModel(DutyListModel? Duties, RoundListModel? Rounds)
{
    public static HomeModel Load(HttpContext http, Store store)
    {
        var caller = http.Caller();
        var duties = caller.May(Permission.SeeDuties) ? DutyListModel.Load(http, store, new DutyListAsked()) : default;
        var rounds = caller.May(Permission.SeeFigures) ? RoundListModel.Load(http, store, area: null, after: null) : default;
        return new HomeModel(duties.Ok ? duties.Value : null, rounds.Ok ? rounds.Value : null);
    }
}
