using Qipan.Kernel;

namespace Qipan.Cases;

/// <summary>What a case is taken for 分类. The numbers reach disk: append only.</summary>
public enum CaseClass
{
    /// <summary>疑似.</summary>
    Suspect = 1,

    /// <summary>可能 (WHO); China's definitions have no such class.</summary>
    Probable = 2,

    /// <summary>确诊.</summary>
    Confirmed = 3,

    /// <summary>无症状感染者.</summary>
    Asymptomatic = 4,

    /// <summary>排除.</summary>
    RuledOut = 5,

    /// <summary>未分类: from a list that does not say.</summary>
    Unclassified = 6,
}

/// <summary>How ill 临床分型. The numbers reach disk: append only.</summary>
public enum CaseSeverity
{
    Unknown = 0,

    /// <summary>轻型.</summary>
    Mild = 1,

    /// <summary>普通型.</summary>
    Ordinary = 2,

    /// <summary>重型.</summary>
    Severe = 3,

    /// <summary>危重型.</summary>
    Critical = 4,
}

/// <summary>Where the treatment stands 诊疗状态. The numbers reach disk: append only.</summary>
public enum ClinicalState
{
    /// <summary>待转运.</summary>
    AwaitingTransfer = 1,

    /// <summary>已收治.</summary>
    Admitted = 2,

    /// <summary>达到出院标准.</summary>
    Eligible = 3,

    /// <summary>已出院.</summary>
    Discharged = 4,

    /// <summary>出院后健康监测.</summary>
    Monitoring = 5,

    /// <summary>管理结束.</summary>
    Done = 6,

    /// <summary>死亡.</summary>
    Dead = 7,
}

/// <summary>How far the investigation 流调 is. The numbers reach disk: append only.</summary>
public enum InvestigationState
{
    /// <summary>已派.</summary>
    Assigned = 1,

    /// <summary>已联系.</summary>
    Contacted = 2,

    /// <summary>核心信息完成.</summary>
    CoreDone = 3,

    /// <summary>全面完成.</summary>
    FullDone = 4,

    /// <summary>已审核.</summary>
    Reviewed = 5,

    /// <summary>重新打开.</summary>
    Reopened = 6,
}

/// <summary>The ways of a case (domain 3.2). Ruled out is the end: whoever turns out ill after all becomes a case on a new fact.</summary>
public static class CaseStates
{
    public static StateTable<CaseClass> Classes { get; } = new("case", "病例")
    {
        { CaseClass.Unclassified, CaseClass.Suspect, CaseClass.Probable, CaseClass.Confirmed, CaseClass.Asymptomatic, CaseClass.RuledOut },
        { CaseClass.Suspect, CaseClass.Probable, CaseClass.Confirmed, CaseClass.Asymptomatic, CaseClass.RuledOut },
        { CaseClass.Probable, CaseClass.Suspect, CaseClass.Confirmed, CaseClass.Asymptomatic, CaseClass.RuledOut },
        { CaseClass.Asymptomatic, CaseClass.Confirmed, CaseClass.RuledOut },
        { CaseClass.Confirmed, CaseClass.RuledOut },
    };

    /// <summary>Back from admitted to awaiting is a transfer to another hospital; back from done or monitoring, a re-admission.</summary>
    public static StateTable<ClinicalState> Clinical { get; } = new("clinical course", "诊疗过程")
    {
        { ClinicalState.AwaitingTransfer, ClinicalState.Admitted, ClinicalState.Dead },
        { ClinicalState.Admitted, ClinicalState.AwaitingTransfer, ClinicalState.Eligible, ClinicalState.Dead },
        { ClinicalState.Eligible, ClinicalState.Admitted, ClinicalState.Discharged, ClinicalState.Dead },
        { ClinicalState.Discharged, ClinicalState.Monitoring, ClinicalState.Admitted, ClinicalState.Dead },
        { ClinicalState.Monitoring, ClinicalState.Done, ClinicalState.Admitted, ClinicalState.Dead },
        { ClinicalState.Done, ClinicalState.Admitted },
    };

    public static StateTable<InvestigationState> Investigations { get; } = new("investigation", "流调")
    {
        { InvestigationState.Assigned, InvestigationState.Contacted, InvestigationState.CoreDone },
        { InvestigationState.Contacted, InvestigationState.CoreDone },
        { InvestigationState.CoreDone, InvestigationState.FullDone },
        { InvestigationState.FullDone, InvestigationState.Reviewed, InvestigationState.Reopened },
        { InvestigationState.Reviewed, InvestigationState.Reopened },
        { InvestigationState.Reopened, InvestigationState.CoreDone, InvestigationState.FullDone },
    };
}
