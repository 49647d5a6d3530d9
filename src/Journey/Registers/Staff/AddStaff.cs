using System.Text.RegularExpressions;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>Opens a staff account with its first roles.</summary>
/// <param name="Login">3 to 40 letters, digits, dots, hyphens; unique in the deployment.</param>
/// <param name="Name">As colleagues know the person.</param>
/// <param name="Password">Set by the person at the first chance.</param>
/// <param name="Unit">The unit it belongs to; null: the command of the first grant's county.</param>
/// <param name="Grants">At least one, each inside the granter's territory.</param>
public sealed record AddStaff(string Login, string Name, string Password, Guid? Unit, IReadOnlyList<Grant> Grants);

/// <summary>Opens accounts; with no granter (the program itself) any grant is taken.</summary>
public sealed partial class AddStaffHandler(Store store, RegistersSettings settings)
{
    public async Task<Outcome<StaffId>> Handle(AddStaff command, Caller? granter)
    {
        var login = StaffRow.LoginOf(command.Login);
        if (!LoginForm().IsMatch(login))
            return new LoginWrong();
        if (string.IsNullOrWhiteSpace(command.Name))
            return new NameMissing();
        if (command.Password.Length < settings.ShortestPassword)
            return new PasswordTooShort(settings.ShortestPassword);
        if (command.Grants.Count == 0)
            return new GrantMissing();
        foreach (var grant in command.Grants)
            if (GrantRoleHandler.Judge(granter, grant) is { Ok: false } no)
                return no.Refusal;
        var hash = Passwords.HashOf(command.Password);
        var owner = PlaceCode.OwnerOf(command.Grants[0].Territory);
        // The deployment's lock besides the county's: two counties cannot take one login at once.
        var scope = new WriteScope(granter?.Actor ?? Actor.System, owner, WriteScope.Deployment);
        return await store.Write(scope, session => Add(session, command, login, hash, owner));
    }

    static Outcome<StaffId> Add(WriteSession session, AddStaff command, string login, string hash, string owner)
    {
        if (StaffRow.ByLogin(session, login) is not null)
            return new LoginTaken();
        if (command.Unit is { } unit && session.Query<UnitRow>("SELECT * FROM org_unit WHERE id = @unit", new { unit }).Count == 0)
            return new UnitUnknown();
        var staff = new StaffRow
        {
            Owner = owner,
            Id = session.NewId(),
            Login = login,
            Name = command.Name.Trim(),
            PasswordHash = hash,
            Unit = command.Unit ?? UnitDirectory.ResponsibleFor(session, UnitKind.Command, command.Grants[0].Territory).Value,
            CreatedAt = session.Now,
        };
        session.Insert(StaffRow.Rows, [staff]);
        session.Insert(GrantRow.Rows, [.. command.Grants.Distinct().Select(g => GrantRoleHandler.Row(session, staff, g))]);
        session.Trail(owner, "add_staff", new Ref("staff", staff.Id),
            detail: new { grants = command.Grants.Select(g => new { role = g.Role.ToString(), g.Territory }) });
        return new StaffId(staff.Id);
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9._-]{2,39}$", RegexOptions.None, 1000)]
    private static partial Regex LoginForm();
}

/// <summary>A login of another form.</summary>
public sealed record LoginWrong() : FieldRefusal("login", "login_wrong", RefusalKind.Invalid,
    "A login has 3 to 40 letters, digits, dots, hyphens or underscores and begins with a letter or digit.", "账号应为3至40位字母、数字、点、横线或下划线，以字母或数字开头。");

/// <summary>Somebody has this login.</summary>
public sealed record LoginTaken() : FieldRefusal("login", "login_taken", RefusalKind.Conflict,
    "This login is taken. Choose another.", "该账号已被使用，请更换。");

/// <summary>The password is too short.</summary>
public sealed record PasswordTooShort(int Shortest) : FieldRefusal("password", "password_too_short", RefusalKind.Invalid,
    $"A password has at least {Shortest} characters.", $"密码至少{Shortest}位。");

/// <summary>An account without a role can do nothing.</summary>
public sealed record GrantMissing() : FieldRefusal("grants", "grant_missing", RefusalKind.Invalid,
    "Give at least one role with its territory.", "请至少授予一个角色及其辖区。");

/// <summary>No such unit.</summary>
public sealed record UnitUnknown() : FieldRefusal("unit", "unit_unknown", RefusalKind.NotFound,
    "There is no unit of this id.", "没有此编号的单位。");
