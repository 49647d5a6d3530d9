using Qipan.Cases;
using Xunit;

namespace Qipan.Unit.Cases.Reading;

/// <summary>
/// A drill with invented people: a driver under point-to-point control leaves the vehicle at a service area 服务区, where a scanner who works
/// inside a closed loop is on her night shift.
/// </summary>
public sealed class ServiceAreaDrillTests
{
    const string Driver = """
        赵某，男，41岁，货车司机，北省青河市人。
        3月24日 14:10 驾驶货车到达云州北高速口，由引导员点对点管控；21:30—22:11 在松岭服务区休息，下车到服务区东区室内购买食品，未戴口罩；22:40 驶离云州。
        3月28日 核酸检测结果为阳性。
        """;

    const string Scanner = """
        钱某某，女，38岁，系松岭服务区扫码测温员（闭环管理工作人员），住址为云州市平安镇。
        3月24日20:00至次日8:00，在松岭服务区扫码测温；3月25日8时30分点对点返回驻地；3月26日 12时许，到平安镇福源超市购物。
        3月29日 出现咽痛，核酸检测结果为阳性。
        """;

    [Fact]
    public void The_link_is_proposed_and_the_broken_loop_shows()
    {
        var (driver, scanner) = (Texts.Read(Driver), Texts.Read(Scanner));
        Assert.Empty(driver.Unread);
        Assert.Empty(scanner.Unread);
        var link = Assert.Single(SharedExposureFinder.Find([.. driver.Persons, .. scanner.Persons], JilinItinerariesTests.Transport()).All);
        Assert.Equal((0, 1, SharedExposureKind.Place, ExposureStrength.Certain, true),
            (link.First, link.Second, link.Kind, link.Strength, link.LoopBroken));
        Assert.Equal((new DateTime(2022, 3, 24, 21, 30, 0), new DateTime(2022, 3, 24, 22, 11, 0)),
            (link.Overlap!.Value.From, link.Overlap!.Value.To));
        Assert.StartsWith("21:30—22:11 在松岭服务区休息", Assert.Single(link.FirstWords).In(Driver));
        Assert.StartsWith("3月24日20:00至次日8:00，在松岭服务区", Assert.Single(link.SecondWords).In(Scanner));
    }

    [Fact]
    public void Her_own_work_keeps_the_loop_and_her_shopping_breaks_it()
    {
        var read = Texts.Read(Scanner);
        Assert.Equal([LoopState.Held, LoopState.Held, LoopState.Broken], Assert.Single(read.Persons).Stays.Select(s => s.ClosedLoop));
        Assert.Equal(PlaceKind.Work, read.Persons[0].Stays[0].PlaceKind);
        Assert.Single(read.Problems, p => p.Code == "closed_loop_broken");
        Assert.Single(Texts.Read(Driver).Problems, p => p.Code == "closed_loop_broken");
    }

    [Fact]
    public void Without_control_nothing_is_broken() =>
        Assert.DoesNotContain(Texts.Read("3月24日 14:10 到第一市场购物").Problems, p => p.Code == "closed_loop_broken");
}
