using System.Text.Json;
using Qipan.Duties;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>
/// INV-04: a laboratory receives a box 接收 and scans what is in it. What agrees is received; what is missing, extra, damaged or without
/// a label stands on the box's list, and the members of a missing or rejected tube are sampled again.
/// </summary>
/// <param name="Owner">The county of the box.</param>
/// <param name="Box">The box, sent.</param>
/// <param name="Lab">The laboratory.</param>
/// <param name="Tubes">Every tube in the box, as scanned.</param>
/// <param name="Unlabelled">Tubes without a code that can be read.</param>
public sealed record ReceiveBox(string Owner, BoxId Box, Guid Lab, IReadOnlyList<ScannedTube>? Tubes, int Unlabelled = 0);

/// <summary>One tube as the laboratory's scanner saw it.</summary>
/// <param name="Code">The printed code.</param>
/// <param name="Rejected">Why it cannot be tested; <see cref="RejectReason.None"/> when it can.</param>
public sealed record ScannedTube(string Code, RejectReason Rejected = RejectReason.None);

/// <summary>The list that a reception leaves.</summary>
/// <param name="State">Reconciled, or discrepancy.</param>
/// <param name="Received">Tubes that wait for testing now.</param>
/// <param name="Missing">Tubes that the facts put into the box and nobody found in it.</param>
/// <param name="Extra">Codes that were in the box and that no fact puts there.</param>
/// <param name="Rejected">Codes that cannot be tested.</param>
/// <param name="Unlabelled">How many had no code.</param>
public sealed record BoxReception(
    BoxState State, IReadOnlyList<TubeId> Received, IReadOnlyList<TubeId> Missing, IReadOnlyList<string> Extra, IReadOnlyList<string> Rejected, int Unlabelled);

public sealed class ReceiveBoxHandler(Store store, SamplingSettings settings, IEnumerable<ITubeFollower>? followers = null)
{
    const int MostInBox = 2000;

    public async Task<Outcome<BoxReception>> Handle(Caller caller, ReceiveBox command)
    {
        if (command.Tubes is null || command.Tubes.Count > MostInBox || command.Tubes.Any(t => string.IsNullOrWhiteSpace(t.Code) || t.Code.Length > 40
            || !Enum.IsDefined(t.Rejected) || t.Rejected == RejectReason.NotReceived))
            return new ScanWrong { Field = "tubes" };
        if (!caller.May(Permission.WorkInLaboratory))
            return new NotAllowedHere();
        return await store.Write(new WriteScope(caller.Actor, command.Owner), session => Receive(session, command));
    }

    Outcome<BoxReception> Receive(WriteSession session, ReceiveBox command)
    {
        if (Boxes.Get(session, command.Owner, command.Box.Value) is not { } box)
            return new BoxUnknown();
        var moved = BoxStates.Table.Move(box.State, BoxState.Received);
        if (!moved.Ok)
            return moved.Refusal;
        var scanned = command.Tubes!.Select(t => t with { Code = t.Code.Trim().ToUpperInvariant() }).DistinctBy(t => t.Code).ToDictionary(t => t.Code);
        var judged = Reconciliation.Judge(box.Id, Tubes.InBox(session, command.Owner, command.Box.Value),
            Tubes.ByCodes(session, command.Owner, scanned.Keys), scanned, command.Unlabelled);
        Extra(session, command, judged);
        var received = Tubes.Receive(session, command.Owner, [.. judged.Present.Select(t => t.Id.Value)], command.Lab, session.Now);
        Reject(session, command, judged, received.Moved.ToHashSet());
        Miss(session, command.Owner, judged.Missing);
        Discrepancies.Open(session, command.Owner, judged.Found, settings);
        var state = BoxStates.Table.Move(BoxState.Received, judged.Found.Count == 0 ? BoxState.Reconciled : BoxState.Discrepancy).Value;
        session.Execute("UPDATE box SET state = @state, received_at = @Now, lab = @Lab, holder = @holder WHERE owner = @Owner AND id = @Box",
            new { state = (short)state, session.Now, command.Lab, holder = $"unit:{command.Lab:N}", command.Owner, command.Box });
        var lost = judged.Missing.Concat(judged.Rejected.Select(r => r.Tube)).Select(t => t.Id.Value).ToHashSet();
        if (lost.Count > 0)
            foreach (var follower in followers ?? [])
                follower.Changed(session, command.Owner, lost);
        if (box.Holder != $"unit:{command.Lab:N}")
            Custody.Append(session, command.Owner, box, $"unit:{command.Lab:N}");
        Ledger.Done(session, [new DutyKey(command.Owner, DutyKind.ReceiveBox, box.Id.Value.ToString("N"), box.Id.Value)], new Ref("box", box.Id.Value));
        session.Trail(command.Owner, "receive_box", new Ref("box", box.Id.Value), new Ref("laboratory", command.Lab), detail: new
        {
            state = state.ToString(),
            received = received.Moved.Count,
            missing = judged.Missing.Select(t => t.Id.Value.ToString("N")),
            extra = judged.ExtraCodes,
            rejected = judged.Rejected.Select(r => r.Tube.Id.Value.ToString("N")),
            command.Unlabelled,
        });
        return new BoxReception(state, [.. received.Moved.Except(judged.Rejected.Select(r => r.Tube.Id.Value)).Select(t => new TubeId(t))],
            [.. judged.Missing.Select(t => t.Id)], judged.ExtraCodes, [.. judged.Rejected.Select(r => r.Tube.Code)], command.Unlabelled);
    }

    /// <summary>A known tube that no fact put into this box is here all the same: it goes the steps that nobody reported, each on record.</summary>
    static void Extra(WriteSession session, ReceiveBox command, Reconciliation judged)
    {
        var note = JsonSerializer.Serialize(new { found_in = command.Box.Value.ToString("N") });
        foreach (var step in new[] { TubeState.Boxed, TubeState.InTransit })
        {
            var ready = Tubes.ByIds(session, command.Owner, [.. judged.Extra.Select(t => t.Id.Value)])
                .FindAll(t => TubeStates.Table.Allows(t.State, step)).ConvertAll(t => t.Id.Value);
            Tubes.Move(session, command.Owner, ready, step, session.Now, note);
        }
    }

    static void Reject(WriteSession session, ReceiveBox command, Reconciliation judged, HashSet<Guid> received)
    {
        foreach (var same in judged.Rejected.Where(r => received.Contains(r.Tube.Id.Value)).GroupBy(r => r.Reason))
            Tubes.Move(session, command.Owner, [.. same.Select(r => r.Tube.Id.Value)], TubeState.Rejected, session.Now,
                JsonSerializer.Serialize(new { reason = same.Key.ToString() }), reason: same.Key);
    }

    static void Miss(WriteSession session, string owner, IReadOnlyList<Tube> missing)
    {
        if (missing.Count > 0)
            session.Execute($"UPDATE tube SET reject_reason = 7 WHERE owner = @owner AND id {session.InIds("ids")}",
                new { owner, ids = session.Keys(missing.Select(t => t.Id.Value)) });
    }
}

/// <summary>The scan is no scan.</summary>
public sealed record ScanWrong() : Refusal("scan_wrong", RefusalKind.Invalid,
    "Send the code of every tube in the box, at most 2,000, each with a known reason where it is rejected.",
    "请提交箱内每支采样管的管码（不超过2000支），拒收的须注明规定的原因。");
