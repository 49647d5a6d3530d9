using System.Net;
using System.Text;
using Qipan.Http;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Journey.Tests.Ground;

/// <summary>House style 10: deny unless said otherwise.</summary>
public sealed class AccessTests
{
    static readonly Role[] AllRoles = Enum.GetValues<Role>();

    [Fact]
    public async Task Every_endpoint_says_who_may_use_it()
    {
        await using var app = await QipanApp.Start(StoreKind.Sqlite);
        Assert.NotEmpty(app.Endpoints);
        Assert.Empty(app.Endpoints.Where(e => e.Metadata.GetOrderedMetadata<AccessRule>().Count != 1).Select(e => e.Name()));
    }

    [Fact]
    public async Task An_endpoint_that_says_nothing_is_refused_to_everyone()
    {
        await using var app = await QipanApp.Start(StoreKind.Sqlite, endpoints: routes => Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions
            .MapGet(routes, "/api/forgotten", () => "secret"));
        foreach (var role in AllRoles)
        {
            using var client = app.Client(role);
            Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/api/forgotten")).StatusCode);
        }
    }

    [Fact]
    public async Task What_is_not_open_is_refused_without_a_caller_and_to_a_role_that_lacks_the_permission()
    {
        await using var app = await QipanApp.Start(StoreKind.Sqlite);
        var wrong = new List<string>();
        foreach (var endpoint in app.Endpoints.Where(e => !e.Rule().IsOpen))
            foreach (var method in endpoint.Methods())
            {
                using var nobody = app.Client();
                var status = (await nobody.SendAsync(endpoint.To(method))).StatusCode;
                if (status != HttpStatusCode.Unauthorized)
                    wrong.Add($"{endpoint.Name()} answers nobody with {status}");
                if (endpoint.Rule().Permission is not { } permission)
                    continue;
                using var other = app.Client(AllRoles.First(r => !Roles.May(r, permission)));
                status = (await other.SendAsync(endpoint.To(method))).StatusCode;
                if (status != HttpStatusCode.Forbidden)
                    wrong.Add($"{endpoint.Name()} answers a role without {permission} with {status}");
            }
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Fact]
    public async Task The_table_of_roles_and_endpoints_is_the_one_in_the_docs()
    {
        await using var app = await QipanApp.Start(StoreKind.Sqlite);
        var text = new StringBuilder("""
            # Who may do what

            Every endpoint and page, and the roles that may use it; where the territory matters, the use case judges it besides (P-06). This page is
            generated from the program; `QIPAN_UPDATE=true tests/run Journey.Tests` writes it again.

            ## Roles


            """);
        text.Append($"| permission | {string.Join(" | ", AllRoles)} |\n|---|{string.Concat(AllRoles.Select(_ => "---|"))}\n");
        foreach (var permission in Enum.GetValues<Permission>())
            text.Append($"| {permission} | {string.Join(" | ", AllRoles.Select(r => Roles.May(r, permission) ? "yes" : ""))} |\n");
        text.Append("\n## Endpoints and pages\n\n| endpoint | needs |\n|---|---|\n");
        foreach (var endpoint in app.Endpoints.OrderBy(e => e.RoutePattern.RawText, StringComparer.Ordinal).ThenBy(e => e.Name(), StringComparer.Ordinal))
            text.Append($"| `{Plain(endpoint.Name())}` | {Need(endpoint.Rule())} |\n");
        GoldenFile.Hold("docs/access.md", text.ToString());
    }

    /// <summary>The style sheet's address changes with its content.</summary>
    static string Plain(string name) => System.Text.RegularExpressions.Regex.Replace(name, "-[0-9a-f]{12}\\.", "-….");

    static string Need(AccessRule rule) => rule.IsOpen ? $"open: {rule.OpenBecause}" : rule.Permission?.ToString() ?? "any caller who is signed in";
}
