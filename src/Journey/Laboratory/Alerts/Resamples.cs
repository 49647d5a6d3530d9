using Qipan.Duties;
using Qipan.Kernel;
using Qipan.Sampling;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>
/// Recognises that a member of an open alert was sampled again: registered alone in a tube after the alert was raised, and after
/// the interval for the second sample (INV-08). Nobody has to link anything by hand. Then alerts advance by what is released. Also takes
/// in members whose registration arrived after the alert, from a device that was offline.
/// </summary>
public sealed class Resamples(Store store, AlertWork work)
{
    const int AlertsAtOnce = 200;

    /// <summary>Looks through all open alerts; returns how many changed.</summary>
    public async Task<int> Look()
    {
        var changed = 0;
        Guid? after = null;
        while (true)
        {
            var open = store.Read(s => s.Query<AlertRow>(
                $"SELECT * FROM pool_alert WHERE state < 8{(after is null ? "" : " AND id > @after")} ORDER BY id LIMIT {AlertsAtOnce}", new { after }));
            if (open.Count == 0)
                return changed;
            after = open[^1].Id;
            changed += await work.AddLate(open);
            foreach (var found in store.Read(s => Waiting(s, AlertCase.Load(s, open))))
            {
                var outcome = await work.Act(Actor.System, found, (session, now) =>
                {
                    Record(session, now);
                    return Outcome.Done;
                });
                if (outcome.Ok)
                    changed++;
            }
        }
    }

    /// <summary>Those in which something new is to be recorded or a state to be entered.</summary>
    List<AlertCase> Waiting(Session session, List<AlertCase> cases)
    {
        var own = Registered(session, cases);
        return [.. cases.Where(c => New(session, c, own).Count > 0
            || AlertProgress.Steps(c.Alert.State, c.Alert.AckAt is not null, c.Progress()).Count > 0)];
    }

    void Record(WriteSession session, AlertCase found)
    {
        foreach (var (member, sample, second) in New(session, found, Registered(session, [found])))
        {
            if (second)
                (member.Resample2Tube, member.Resample2At) = (sample.Tube.Value, sample.CorrectedAt);
            else
                (member.ResampleTube, member.ResampleAt) = (sample.Tube.Value, sample.CorrectedAt);
            session.Update(AlertMemberRow.Rows, [member]);
            var duty = second ? AlertDuties.SecondKey(found.Alert, member) : AlertDuties.Key(member, DutyKind.ResampleMember);
            Ledger.Done(session, [duty], new Ref("registration", sample.Id.Value), sample.CorrectedAt);
            session.Trail(found.Alert.Owner, "resample_member", new Ref("alert_member", AlertWork.MemberId(member)), new Ref("registration", sample.Id.Value));
        }
    }

    List<(AlertMemberRow Member, Registration Sample, bool Second)> New(Session session, AlertCase found, ILookup<Guid, Registration> own)
    {
        var news = new List<(AlertMemberRow, Registration, bool)>();
        foreach (var member in found.Members.Where(m => m.Outcome == MemberOutcome.Open && m.Resample2Tube is null && own.Contains(m.Person)))
        {
            var later = own[member.Person].Where(r => r.CorrectedAt >= found.Alert.RaisedAt && r.Tube.Value != found.Alert.Tube).ToList();
            var first = member.ResampleAt ?? later.FirstOrDefault()?.CorrectedAt;
            if (member.ResampleTube is null && later.Count > 0)
                news.Add((member, later[0], false));
            if (first is { } at && work.SecondAfter(session, found.Alert) is { } interval
                && later.Find(r => r.CorrectedAt >= at + interval && r.Tube.Value != (member.ResampleTube ?? later[0].Tube.Value)) is { } second)
                news.Add((member, second, true));
        }
        return news;
    }

    /// <summary>
    /// Registrations of the members into single tubes, of a round or of none, oldest first, through the index by round and person.
    /// </summary>
    static ILookup<Guid, Registration> Registered(Session session, List<AlertCase> cases)
    {
        var persons = cases.SelectMany(c => c.Members).Where(m => m.Outcome == MemberOutcome.Open && m.Resample2Tube is null).Select(m => m.Person).Distinct().ToList();
        if (persons.Count == 0)
            return Array.Empty<Registration>().ToLookup(r => r.Person.Value);
        var rounds = session.Query<Guid>("SELECT DISTINCT id FROM round WHERE state BETWEEN 2 AND 6");
        string Of(string round) => $"""
            SELECT g.* FROM registration g JOIN tube t ON t.owner = g.owner AND t.id = g.tube
            WHERE g.round {round} AND g.person {session.InIds("persons")} AND g.state <> 3
              AND t.kind = 1 AND t.conflict = 0 AND t.reject_reason = 0 AND t.state <> 13 AND g.corrected_at >= @from
            """;
        return session.Query<Registration>($"{Of(session.InIds("rounds"))} UNION ALL {Of("IS NULL")} ORDER BY corrected_at, id", new { rounds = session.Keys(rounds), persons = session.Keys(persons), from = cases.Min(c => c.Alert.RaisedAt) })
            .ToLookup(r => r.Person.Value);
    }
}
