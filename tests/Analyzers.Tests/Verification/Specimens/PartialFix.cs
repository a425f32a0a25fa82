using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ScopedTasks.Analyzers.Tests.Verification.Specimens;

/// <summary>Fixes only the first report when it is asked for all of them in one scope.</summary>
public abstract class PartialFix(FixAllScope scope) : CallFix
{
    public override FixAllProvider GetFixAllProvider() => new FirstOnly(this, scope, base.GetFixAllProvider()!);

    /// <summary>The fix-all that forgets.</summary>
    private sealed class FirstOnly(PartialFix fix, FixAllScope scope, FixAllProvider whole) : FixAllProvider
    {
        public override async Task<CodeAction?> GetFixAsync(FixAllContext context)
        {
            if (context.Scope != scope)
                return await whole.GetFixAsync(context);

            var document = context.Document!;
            var diagnostics = await context.GetDocumentDiagnosticsAsync(document);
            return CodeAction.Create(
                "Call Good, once",
                cancellationToken =>
                    fix.FixAsync(document, diagnostics.Take(1), context.CodeActionEquivalenceKey, cancellationToken),
                CallRule.Id);
        }
    }
}

/// <summary>Forgets in documents.</summary>
public sealed class PartialInDocumentFix() : PartialFix(FixAllScope.Document);

/// <summary>Forgets in projects.</summary>
public sealed class PartialInProjectFix() : PartialFix(FixAllScope.Project);

/// <summary>Forgets in solutions.</summary>
public sealed class PartialInSolutionFix() : PartialFix(FixAllScope.Solution);
