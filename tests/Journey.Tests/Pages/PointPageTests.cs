using System.Net;
using Qipan.Http;
using Qipan.Journey.Tests.Field;
using Qipan.Kernel;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Journey.Tests.Pages;

/// <summary>A point where one of three persons has been sampled: what it still has to do, until when, and whether it is heard of.</summary>
public sealed class PointPageTests
{
    public static TheoryData<StoreKind> Stores => TestStores.All;

    [Theory, MemberData(nameof(Stores))]
    public async Task A_point_shows_who_is_still_to_come_when_it_is_done_and_that_it_is_silent(StoreKind kind)
    {
        var clock = new Clock(new DateTimeOffset(2026, 3, 20, 2, 0, 0, TimeSpan.Zero));
        await using var app = await QipanApp.Start(kind, clock);
        await RoundPageTests.Fill(app);
        await Open(app, clock.GetUtcNow());
        using var officer = app.Browser(Role.RoundOfficer, Town.County);

        var text = Forms.Plain(await officer.Page("/points"));
        Assert.Contains("Desks at work 1 at 1 open points", text);
        Assert.Contains("Persons in the last hour 1 of 60 an hour", text);
        Assert.Contains("Still to come 2", text);
        Assert.Contains("Silent points 0", text);
        // Two at one an hour, from ten o'clock in Shanghai on.
        Assert.Contains("12:00 in 2 h 0 min 10:00 at work", text);

        clock.Now += TimeSpan.FromMinutes(31);
        var later = Forms.Plain(await officer.Page("/points?lang=zh"));
        Assert.Contains("失联采样点 1", later);
        Assert.Contains("待采 2", later);
        Assert.Matches("10:00 失联", later);
    }

    [Fact]
    public async Task Who_may_not_see_figures_sees_no_points_and_another_county_sees_none_of_these()
    {
        await using var app = await QipanApp.Start(StoreKind.Sqlite);
        await RoundPageTests.Fill(app);
        await Open(app, app.Store.Clock.GetUtcNow());
        using var courier = app.Browser(Role.Courier, Town.County);
        Assert.Equal(HttpStatusCode.Forbidden, (await courier.GetAsync("/points")).StatusCode);
        using var other = app.Browser(Role.RoundOfficer, "990103");
        Assert.Contains("No sampling point is registered here.", await other.Page("/points"));
        Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync($"/points?area={Town.County}")).StatusCode);
    }

    /// <summary>A point with a desk at work, whose device opened the round's tube.</summary>
    static async Task Open(QipanApp app, DateTimeOffset now) => _ = (await app.Store.Write(new WriteScope(Actor.System, Town.County), session =>
    {
        var (point, desk) = (Uuid7.New(app.Store.Clock), Uuid7.New(app.Store.Clock));
        session.Execute("INSERT INTO sampling_point (owner, id, name, place, desks, capacity, state) VALUES (@County, @point, 'Square', @Community, 2, 60, 1)",
            new { Town.County, point, Town.Community });
        session.Execute("""
            INSERT INTO sampling_session (owner, id, point, desk, collector, registrar, device, open_at)
            SELECT owner, @desk, @point, '1', 'a', 'b', id, @now FROM device WHERE owner = @County
            """, new { Town.County, desk, point, now });
        session.Execute("UPDATE tube SET session = @desk, opened_at = @at, opened_by = (SELECT id FROM device WHERE owner = @County) WHERE owner = @County", new { Town.County, desk, at = now.AddMinutes(-5) });
        return Outcome.Done;
    })).Value;

    sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
