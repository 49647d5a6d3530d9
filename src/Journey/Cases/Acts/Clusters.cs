using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Cases;

/// <summary>A row of <c>cluster</c>: cases with something in common 聚集性疫情.</summary>
public sealed class ClusterRow
{
    internal static readonly Table<ClusterRow> Rows = new("cluster",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("id", ColumnType.Uuid, r => r.Id, Key: true),
        new("name", ColumnType.Text, r => r.Name),
        new("kind", ColumnType.Small, r => r.Kind),
        new("place", ColumnType.Text, r => r.Place),
        new("note", ColumnType.Text, r => r.Note));

    public string Owner { get; init; } = "";

    public Guid Id { get; init; }

    public string Name { get; init; } = "";

    public ClusterKind Kind { get; init; }

    public string? Place { get; init; }

    public string? Note { get; init; }
}

/// <summary>A new cluster of the caller's county, or of the one named.</summary>
public sealed record AddCluster(string Name, ClusterKind Kind, string? Place = null, string? Note = null, string? Owner = null);

/// <summary>The case belongs to the cluster; null takes it out.</summary>
public sealed record MoveToCluster(Guid Case, Guid? Cluster, string? Reason = null, long? Version = null);

public sealed class AddClusterHandler(Store store)
{
    public async Task<Outcome<Guid>> Handle(Caller caller, AddCluster command)
    {
        var owner = command.Owner ?? caller.Owner;
        if (caller.Must(Permission.InvestigateCases, owner) is { Ok: false } refused)
            return refused.Refusal!;
        if (string.IsNullOrWhiteSpace(command.Name) || command.Name.Length > 100)
            return CaseRefusals.NameMissing;
        return await store.Write(new WriteScope(caller.Actor, owner), session =>
        {
            var row = new ClusterRow
            {
                Owner = owner,
                Id = session.NewId(),
                Name = command.Name.Trim(),
                Kind = command.Kind,
                Place = command.Place,
                Note = command.Note,
            };
            session.Insert(ClusterRow.Rows, [row]);
            session.Trail(owner, "add_cluster", new Ref("cluster", row.Id));
            return Outcome.Of(row.Id);
        });
    }
}

public sealed class MoveToClusterHandler(CaseActs acts)
{
    public Task<Outcome<CaseStatus>> Handle(Caller caller, MoveToCluster command) =>
        acts.Change(caller, command.Case, command.Version, "put_in_cluster", command.Reason, (session, row) =>
            command.Cluster is { } id && session.Scalar<long>("SELECT count(*) FROM cluster WHERE owner = @Owner AND id = @id", new { row.Owner, id }) == 0
                ? CaseRefusals.ClusterUnknown
                : row with { Cluster = command.Cluster });
}
