using Microsoft.Extensions.Logging.Abstractions;
using Qipan.Contracts;
using Qipan.Kernel;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Conformance.Storage;

[Trait("area", "storage")]
public sealed class OutboxTests
{
    const string County = "220204";

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task An_event_is_heard_once_by_each_subscriber_and_a_failing_one_holds_nobody_up(StoreKind kind)
    {
        var clock = new FakeClock();
        await using var test = await TestStores.Open(kind, clock);
        var steady = new Listener("steady", failures: 0);
        var shaky = new Listener("shaky", failures: 2);
        using var outbox = new OutboxDispatcher(test.Store, [steady, shaky], NullLogger<OutboxDispatcher>.Instance);
        await test.Store.Write(new WriteScope(Actor.System, County), session =>
        {
            session.Publish(County, new Rang("one"));
            return Outcome.Done;
        });
        await test.Store.Write(new WriteScope(Actor.System, County), session =>
        {
            session.Publish(County, new Rang("never"));
            return (Outcome<Done>)new Refusal("no", RefusalKind.Conflict, "No.", "否。");
        });

        var done = new List<int>();
        for (var i = 0; i < 4; i++)
            done.Add(await outbox.DispatchOnce());
        Assert.Equal([0, 0, 1, 0], done);
        Assert.Equal(["one"], steady.Heard);
        Assert.Equal(["one"], shaky.Heard);
    }

    sealed record Rang(string Bell) : IEvent
    {
        public static string Kind => "rang";
    }

    sealed class Listener(string name, int failures) : Subscriber<Rang>(name)
    {
        int left = failures;

        public List<string> Heard { get; } = [];

        protected override Outcome<Done> Handle(WriteSession session, string owner, Rang news)
        {
            if (left-- > 0)
                throw new InvalidOperationException("broken on purpose");
            Heard.Add(news.Bell);
            return Done.Value;
        }
    }
}
