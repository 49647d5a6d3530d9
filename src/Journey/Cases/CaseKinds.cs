namespace Qipan.Cases;

/// <summary>How a case ended 转归结局. The numbers reach disk: append only.</summary>
public enum CaseOutcome
{
    /// <summary>Not ended, or not known.</summary>
    Open = 0,

    /// <summary>治愈.</summary>
    Recovered = 1,

    /// <summary>死亡.</summary>
    Died = 2,

    /// <summary>失访.</summary>
    Lost = 3,

    /// <summary>其他.</summary>
    Other = 4,
}

/// <summary>How a case was found 发现途径 (domain 3.2). The numbers reach disk: append only.</summary>
public enum Discovery
{
    /// <summary>密接.</summary>
    Contact = 1,

    /// <summary>次密接.</summary>
    Secondary = 2,

    /// <summary>集中隔离.</summary>
    CentralIsolation = 3,

    /// <summary>居家隔离.</summary>
    HomeIsolation = 4,

    /// <summary>封控区筛查.</summary>
    SealedScreening = 5,

    /// <summary>管控区.</summary>
    ControlledArea = 6,

    /// <summary>社会面.</summary>
    SocialFace = 7,

    /// <summary>应检尽检.</summary>
    MustTest = 8,

    /// <summary>就诊.</summary>
    Clinic = 9,

    /// <summary>入境.</summary>
    Entry = 10,

    /// <summary>主动就检.</summary>
    SelfReported = 11,

    /// <summary>文件导入.</summary>
    ImportFile = 12,

    /// <summary>混采筛查.</summary>
    PoolScreening = 13,
}

/// <summary>Local or imported 本土、输入. The numbers reach disk: append only.</summary>
public enum CaseOrigin
{
    Unknown = 0,
    Local = 1,
    Imported = 2,
}

/// <summary>Whom a case got it from 源头. The numbers reach disk: append only.</summary>
public enum SourceState
{
    /// <summary>Nobody knows yet: a missing source.</summary>
    Open = 0,

    /// <summary>A link that stands leads to the case.</summary>
    Named = 1,

    /// <summary>Was looked for and is not to be found; the reason says why.</summary>
    Unknown = 2,
}

/// <summary>What the cases of a cluster share 聚集类型. The numbers reach disk: append only.</summary>
public enum ClusterKind
{
    Venue = 1,
    Household = 2,
    Firm = 3,
    Other = 4,
}
