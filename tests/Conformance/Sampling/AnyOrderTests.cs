using FsCheck;
using FsCheck.Fluent;
using Qipan.Contracts;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Conformance.Sampling;

/// <summary>INV-40: any split, order and repetition of devices' logs leaves the same rows.</summary>
[Trait("area", "intake")]
public sealed class AnyOrderTests
{
    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public void INV_40_any_split_order_and_repetition_of_a_devices_log_leaves_the_same_tables(StoreKind kind)
    {
        TestStores.Need(kind);
        // QIPAN_ORDERS=400 for the number that a release is held to.
        var asked = int.Parse(Environment.GetEnvironmentVariable("QIPAN_ORDERS") ?? "60", System.Globalization.CultureInfo.InvariantCulture);
        var runs = kind == StoreKind.Sqlite ? asked : Math.Max(8, asked / 8);
        Prop.ForAll(Arb.From(Gen.Choose(1, int.MaxValue / 2)), seed =>
        {
            var (inOrder, shuffled) = Run(kind, seed).GetAwaiter().GetResult();
            var lost = inOrder.Except(shuffled).ToList();
            var extra = shuffled.Except(inOrder).ToList();
            return (lost.Count == 0 && extra.Count == 0).Label($"seed {seed}\nmissing:\n{string.Join('\n', lost)}\nextra:\n{string.Join('\n', extra)}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(runs));
    }

    static async Task<(List<string> InOrder, List<string> Shuffled)> Run(StoreKind kind, int seed)
    {
        await using var first = await Field.Open(kind);
        await using var second = await Field.Open(kind);
        var log = FieldLog.Of(seed, first);
        foreach (var batch in log.Chunk(7))
            await first.Send(batch);

        var random = new Random(seed);
        var order = log.ToArray();
        random.Shuffle(order);
        // The devices differ by their ids; the second field's device gets the first one's.
        foreach (var batch in Split([.. order, .. order.Where(_ => random.Next(3) == 0)], random))
            await second.Send(batch);
        string Plain(string row) => row.Replace(second.Device.Actor.Id.ToString("N"), first.Device.Actor.Id.ToString("N"), StringComparison.Ordinal)
            .Replace(second.Device.Actor.Id.ToString("D"), first.Device.Actor.Id.ToString("D"), StringComparison.Ordinal);
        Assert.Empty(first.Differences());
        Assert.Empty(second.Differences());
        return (first.Rows(), [.. second.Rows().Select(Plain).Order(StringComparer.Ordinal)]);
    }

    static IEnumerable<WireFact[]> Split(WireFact[] facts, Random random)
    {
        for (var at = 0; at < facts.Length;)
        {
            var size = random.Next(1, 12);
            yield return facts[at..Math.Min(facts.Length, at + size)];
            at += size;
        }
    }
}
