using Qipan.Kernel;

namespace Qipan.Sampling;

/// <summary>INV-02: the printed code is in use; live only, because offline it becomes a conflict of both tubes.</summary>
public sealed record CodeInUse() : Refusal("code_in_use", RefusalKind.Conflict,
    "Another tube has this code already. Set this tube aside and take one with another code.",
    "该管码已被其他采样管使用，请将此管单独存放并更换新管。");

/// <summary>INV-03: one collector, one open tube.</summary>
public sealed record TubeStillOpen() : Refusal("tube_still_open", RefusalKind.Conflict,
    "This device has another tube that is not sealed. Seal that one first.",
    "本设备还有未封管的采样管，请先封管。");

/// <summary>INV-03: 已满.</summary>
public sealed record TubeFull() : Refusal("tube_full", RefusalKind.Conflict,
    "The tube is full. Seal it and open a new one for this person.", "该试管已满，请封管并为此人启用新管。");

/// <summary>INV-03: 已封.</summary>
public sealed record TubeSealedAlready() : Refusal("tube_sealed", RefusalKind.Conflict,
    "The tube is sealed. Nobody else goes in; open a new one.", "该试管已封，不能再加入人员，请启用新管。");

/// <summary>Sealed with nobody in it.</summary>
public sealed record TubeEmpty() : Refusal("tube_empty", RefusalKind.Conflict,
    "Nobody is registered in this tube. Register the persons first, or void the tube.", "该试管内没有登记人员，请先登记，或作废该管。");

/// <summary>The same person again in the same tube.</summary>
public sealed record AlreadyInTube() : Refusal("already_in_tube", RefusalKind.Conflict,
    "This person is registered in this tube already.", "此人已登记在该试管内。");

/// <summary>INV-17: one household, one tube.</summary>
public sealed record OtherHousehold() : Refusal("other_household", RefusalKind.Conflict,
    "This tube belongs to one household and the person lives in another. Open a new tube.", "该试管为一户一管，此人不属于该户，请启用新管。");

/// <summary>A roster id that nobody has.</summary>
public sealed record PersonUnknown() : Refusal("person_unknown", RefusalKind.NotFound,
    "No person of this id is registered. Read the document, or register the person with what is known.",
    "登记库中没有该人员编号，请读取证件，或按已知信息登记。");

/// <summary>The round takes no samples.</summary>
public sealed record RoundNotOpen() : Refusal("round_not_open", RefusalKind.Conflict,
    "This round takes no samples: it is not published yet, or it is over. Choose the round that is under way.",
    "该轮次未发布或已结束，不能采样，请选择正在进行的轮次。");

/// <summary>More in a tube than the place's risk allows.</summary>
public sealed record PoolTooLarge() : Refusal("pool_too_large", RefusalKind.Conflict,
    "At this place's risk so many persons may not share a tube. Take a smaller tube.",
    "按该地风险等级不允许如此多人混采，请使用更小的采样管。");

/// <summary>A registration that is in no such tube.</summary>
public sealed record RegistrationUnknown() : Refusal("registration_unknown", RefusalKind.NotFound,
    "The tube holds no such registration, or it was voided already.", "该试管内没有此登记，或已作废。");

/// <summary>INV-04: the box takes no more; the tube goes into a new one.</summary>
public sealed record BoxFull() : Refusal("box_full", RefusalKind.Conflict,
    "The box is full. Open a new box and put the tube there.", "转运箱已满，请启用新箱装入。");

/// <summary>The printed code of a box that is still under way.</summary>
public sealed record BoxCodeInUse() : Refusal("box_code_in_use", RefusalKind.Conflict,
    "A box with this code is still under way. Take another box.", "该箱码的转运箱仍在使用中，请更换转运箱。");
