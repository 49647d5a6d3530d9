using Qipan.Http;
using Qipan.Registers;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Conformance.Registers;

[Trait("area", "registers")]
public sealed class StaffTests
{
    const string Secret = "correct horse battery";

    static readonly RegistersSettings Settings = new();

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_session_stands_for_its_account_until_it_ends(StoreKind kind)
    {
        var clock = new FakeClock();
        await using var test = await TestStores.Open(kind, clock, RegistersModule.Schema);
        var directory = new StaffDirectory(test.Store, Settings);
        Assert.True(directory.IsEmpty());
        var staff = await Add(test.Store, "Zhang.San", new Grant(Role.Administrator, "2202"), null);
        Assert.False(directory.IsEmpty());
        Assert.Equal("login_taken", (await new AddStaffHandler(test.Store, Settings).Handle(
            new AddStaff("zhang.san", "n", Secret, null, [new Grant(Role.Sampler, "220204")]), null)).Refusal?.Code);

        var session = (await directory.SignIn(" ZHANG.san", Secret)).Value;
        Assert.Equal((staff.Value, "000000"), (session.Caller.Actor.Id, session.Caller.Owner));
        Assert.Equal([new Grant(Role.Administrator, "2202")], session.Caller.Grants);
        Assert.Equal(staff.Value, new StaffDirectory(test.Store, Settings).CallerOf(session.Token)?.Actor.Id);
        Assert.Null(directory.CallerOf(session.Token + "x"));
        Assert.DoesNotContain(session.Token, test.Store.Read(s => s.Query<string>("SELECT CAST(token_hash AS text) FROM staff_session")));

        await directory.SignOut(session.Token);
        Assert.Null(directory.CallerOf(session.Token));
        var second = (await directory.SignIn("zhang.san", Secret)).Value;
        clock.Advance(TimeSpan.FromHours(Settings.SessionHours));
        Assert.Null(directory.CallerOf(second.Token));
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Wrong_passwords_make_an_account_wait_longer_and_longer(StoreKind kind)
    {
        var clock = new FakeClock();
        await using var test = await TestStores.Open(kind, clock, RegistersModule.Schema);
        var directory = new StaffDirectory(test.Store, Settings);
        await Add(test.Store, "lisi", new Grant(Role.GridWorker, "220204001"), null);
        Assert.Equal("sign_in_wrong", (await directory.SignIn("nobody", Secret)).Refusal?.Code);
        for (var i = 0; i < Settings.WrongPasswords; i++)
            Assert.Equal("sign_in_wrong", (await directory.SignIn("lisi", "guess")).Refusal?.Code);
        var locked = (await directory.SignIn("lisi", Secret)).Refusal;
        Assert.Equal(("sign_in_locked", Settings.LockMinutes * 60), (locked?.Code, locked?.RetryAfterSeconds));
        clock.Advance(TimeSpan.FromMinutes(Settings.LockMinutes));
        Assert.Equal("sign_in_wrong", (await directory.SignIn("lisi", "guess")).Refusal?.Code);
        Assert.Equal(2 * Settings.LockMinutes * 60, (await directory.SignIn("lisi", Secret)).Refusal?.RetryAfterSeconds);
        clock.Advance(TimeSpan.FromMinutes(2 * Settings.LockMinutes));
        Assert.True((await directory.SignIn("lisi", Secret)).Ok);
        Assert.Equal("sign_in_wrong", (await directory.SignIn("lisi", "guess")).Refusal?.Code);
        Assert.True((await directory.SignIn("lisi", Secret)).Ok);
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Nobody_gives_or_closes_what_lies_outside_the_own_territory(StoreKind kind)
    {
        var clock = new FakeClock();
        await using var test = await TestStores.Open(kind, clock, RegistersModule.Schema);
        var directory = new StaffDirectory(test.Store, Settings);
        var add = new AddStaffHandler(test.Store, Settings);
        var grant = new GrantRoleHandler(test.Store, directory);
        var close = new CloseStaffHandler(test.Store, directory);
        var top = await Add(test.Store, "city", new Grant(Role.Administrator, "2202"), null);
        await Add(test.Store, "county", new Grant(Role.Administrator, "220204"), null);
        var county = (await directory.SignIn("county", Secret)).Value.Caller;
        async Task<string?> Try(params Grant[] grants) =>
            (await add.Handle(new AddStaff("sam" + grants.Length, "n", Secret, null, grants), county)).Refusal?.Code;

        Assert.Equal("grant_outside_territory", await Try(new Grant(Role.Sampler, "220202")));
        Assert.Equal("grant_outside_territory", await Try(new Grant(Role.Sampler, "2202")));
        Assert.Equal("grant_outside_territory", await Try(new Grant(Role.Sampler, "")));
        Assert.Equal("grant_outside_territory", await Try(new Grant(Role.Sampler, "220204001"), new Grant(Role.Sampler, "220202")));
        Assert.Null(await Try(new Grant(Role.Sampler, "220204001")));
        Assert.Equal("grant_outside_territory", (await close.Handle(new CloseStaff(top.Value), county)).Refusal?.Code);

        var sampler = (await directory.SignIn("sam1", Secret)).Value;
        Assert.True((await grant.Handle(new GrantRole(sampler.Caller.Actor.Id, new Grant(Role.GridWorker, "220204001")), county)).Ok);
        Assert.Equal(2, directory.CallerOf(sampler.Token)!.Grants.Count);
        Assert.True((await close.Handle(new CloseStaff(sampler.Caller.Actor.Id), county)).Ok);
        Assert.Null(directory.CallerOf(sampler.Token));
        Assert.Equal("sign_in_wrong", (await directory.SignIn("sam1", Secret)).Refusal?.Code);
        Assert.Equal("not_allowed", sampler.Caller.Must(Permission.Administer, "220204001").Refusal?.Code);
    }

    static async Task<StaffId> Add(Store store, string login, Grant grant, Caller? by) =>
        (await new AddStaffHandler(store, Settings).Handle(new AddStaff(login, "测试", Secret, null, [grant]), by)).Value;
}
