using ScopedTasks.Analyzers.Flow;

namespace ScopedTasks.CodeFixes.Building;

/// <summary>
/// The base of every fix: finds the site, asks the rule's plans in menu order and offers what they write. The first
/// that holds at a site carries the key <c>SCOPEnnn</c>, every other <c>SCOPEnnn.Plan</c>.
/// </summary>
public abstract class CodeFix : CodeFixProvider
{
    private protected CodeFix(DiagnosticDescriptor rule, params Plan[] plans)
    {
        Rule = rule;
        Plans = plans.ToImmutableArray();
        FixableDiagnosticIds = ImmutableArray.Create(rule.Id);
    }

    public override ImmutableArray<string> FixableDiagnosticIds { get; }

    internal DiagnosticDescriptor Rule { get; }

    internal ImmutableArray<Plan> Plans { get; }

    public sealed override FixAllProvider GetFixAllProvider() => FixAll.InDocuments;

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null || model is null)
        {
            return;
        }

        foreach (var diagnostic in context.Diagnostics)
        {
            if (!root.FullSpan.Contains(diagnostic.Location.SourceSpan))
            {
                continue;
            }

            var node = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            if (SiteAt(context.Document, root, model, diagnostic.Id, node, context.CancellationToken) is not { } site)
            {
                continue;
            }

            foreach (var (key, edit) in Offers(site))
            {
                context.RegisterCodeFix(
                    CodeAction.Create(edit.Title, _ => Task.FromResult(Changed(site, edit)), key),
                    diagnostic);
            }
        }
    }

    /// <summary>
    /// What is wrong at the node, by the same floor that the rule asks; null when nothing is (any more).
    /// </summary>
    private protected abstract Finding? FindingAt(
        SyntaxNode node,
        SemanticModel model,
        AnalyzerOptions options,
        CancellationToken cancellationToken);

    /// <summary>Whether a diagnostic with that id may stand for the finding.</summary>
    private protected virtual bool Speaks(string id, Finding finding) => id == finding.Rule.Id;

    /// <summary>The plans in the order that suits the site.</summary>
    private protected virtual IEnumerable<Plan> PlansAt(Site site) => Plans;

    internal Site? SiteAt(
        Document document,
        SyntaxNode root,
        SemanticModel model,
        string id,
        SyntaxNode node,
        CancellationToken cancellationToken) =>
        FindingAt(node, model, document.Project.AnalyzerOptions, cancellationToken) is { } finding
        && Speaks(id, finding)
        && new Site(document, root, model, id, finding, cancellationToken) is { Parses: true } site
            ? site
            : null;

    /// <summary>The plans that hold at the site, in menu order, with their keys.</summary>
    internal IEnumerable<(string Key, Edit Edit)> Offers(Site site)
    {
        var primaryIsOpen = true;
        foreach (var plan in InMenuOrder(site))
        {
            // A bulk run takes a site's first action for its own: an edit that needs a decision is never that one.
            if (EditOf(plan, site) is not { } edit || (primaryIsOpen && IsUndecided(site, plan, edit)))
            {
                continue;
            }

            var isPrimary = primaryIsOpen && !plan.NeedsDecision;
            primaryIsOpen &= !isPrimary;
            yield return (isPrimary ? site.Id : $"{site.Id}.{plan.Name}", edit);
        }
    }

    /// <summary>
    /// What a bulk run writes at the site: the plan that the key names, or the site's best where it names none.
    /// </summary>
    internal Edit? InBulk(Site site, string? key)
    {
        var chosen = Plans.FirstOrDefault(plan => key == $"{site.Id}.{plan.Name}" && !plan.NeedsDecision);
        return chosen is not null
            ? EditOf(chosen, site)
            : InMenuOrder(site).Where(plan => !plan.NeedsDecision)
                .Select(plan => EditOf(plan, site) is { } edit && !IsUndecided(site, plan, edit) ? edit : null)
                .FirstOrDefault(edit => edit is not null);
    }

    private IEnumerable<Plan> InMenuOrder(Site site) => PlansAt(site).OrderBy(plan => IsPreferred(site, plan) ? 0 : 1);

    // Whoever prefers a plan for the whole project has decided.
    private bool IsUndecided(Site site, Plan plan, Edit edit) => edit.NeedsDecision && !IsPreferred(site, plan);

    private bool IsPreferred(Site site, Plan plan) => string.Equals(
        plan.Name, Options.Of(site.Options).PreferredFix(Rule.Id), StringComparison.OrdinalIgnoreCase);

    private static Edit? EditOf(Plan plan, Site site)
    {
        var edit = plan.For(site);
        while (edit is not null && !Soundness.Keeps(site, edit))
        {
            edit = edit.Otherwise;
        }

        return edit;
    }

    private static Document Changed(Site site, Edit edit) =>
        site.Document.WithSyntaxRoot(Edit.Apply(site.Root, [edit], new SyntaxAnnotation()));
}
