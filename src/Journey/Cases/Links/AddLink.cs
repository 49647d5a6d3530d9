using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Cases;

/// <summary>Draws a link 关联: the first case passed it on to the second.</summary>
public sealed record AddLink(
    Guid From, Guid To, LinkConfidence Confidence = LinkConfidence.Suspected, string Situation = "", DateOnly? ExposureOn = null, string Basis = "statement");

/// <summary>Takes a link back.</summary>
public sealed record WithdrawLink(Guid Link, string Reason);

public sealed class AddLinkHandler(Store store, CaseActs acts)
{
    public Task<Outcome<LinkRow>> Handle(Caller caller, AddLink command)
    {
        var from = store.Read(s => CaseBook.ByIds(s, [command.From])).GetValueOrDefault(command.From);
        // Who may not see the one case may not find out by a link whether it is there.
        if (from is null || !CaseRights.MaySee(caller, from))
            return Task.FromResult<Outcome<LinkRow>>(CaseRefusals.Unknown);
        return acts.Do(caller, command.To, (session, _) => Links.Add(session, new NewLink(
            command.From, command.To, command.Confidence, command.Situation, command.ExposureOn, command.Basis)));
    }

    public async Task<Outcome<Done>> Handle(Caller caller, WithdrawLink command)
    {
        var link = store.Read(s => s.One<LinkRow>("SELECT * FROM transmission_link WHERE id = @Link", new { command.Link }));
        return link is null
            ? LinkRefusals.Unknown
            : await acts.Do(caller, link.ToCase, (session, row) => Links.Withdraw(session, row.Owner, link.Id, command.Reason));
    }
}
