using System.Threading.Tasks;
using ScopedTasks.Analyzers.Rules.Scopes;
using ScopedTasks.Analyzers.Tests.Verification;
using ScopedTasks.CodeFixes.Fixes.Scopes;
using Xunit;

namespace ScopedTasks.Hosts.CSharp13;

public class ScopeTests : RuleTests<DetachedInsideGroupAnalyzer, DetachedInsideGroupFix>
{
    [Fact]
    public Task Spawns_in_the_group_of_a_primary_constructor() => Fixes(
        """
        using ScopedTasks;

        interface IMailer { Task SendAsync(int order, CancellationToken cancellationToken = default); }

        class Shop(IMailer mailer, TaskGroup group)
        {
            public void Place(int order) => [|mailer.SendAsync(order)|];
        }
        """,
        """
        using ScopedTasks;

        interface IMailer { Task SendAsync(int order, CancellationToken cancellationToken = default); }

        class Shop(IMailer mailer, TaskGroup group)
        {
            public void Place(int order) => group.Spawn(ct => mailer.SendAsync(order, ct));
        }
        """,
        code: NewerCode.CSharp12);

    [Fact]
    public Task Leaves_what_a_record_was_given_and_a_static_member_alone() => Ignores(
        """
        using ScopedTasks;

        record Order(TaskGroup Group)
        {
            public void Place() => F();
            static Task F() => Task.CompletedTask;
        }

        class Shop(TaskGroup group)
        {
            public static void Place() => F();
            public TaskGroup Group => group;
            static Task F() => Task.CompletedTask;
        }
        """,
        NewerCode.CSharp12);
}
