using System.Runtime.CompilerServices;

using ScopedTasks.Analyzers.Apis;
using ScopedTasks.Analyzers.Catalogue;
using ScopedTasks.Analyzers.Symbols;

namespace ScopedTasks.Analyzers.Flow.Fields;

/// <summary>Decides which starts a type keeps in a field that none of its members waits for.</summary>
internal sealed class UnjoinedFields
{
    private static readonly ConditionalWeakTable<Compilation, UnjoinedFields> ByCompilation = new();

    private readonly KnownTypes _types;
    private readonly FieldUses _uses;
    private readonly Silence _silence;
    private readonly Wording _wording;

    private UnjoinedFields(Compilation compilation)
    {
        _types = KnownTypes.Of(compilation);
        var awaitables = Awaitables.Of(_types);
        var observing = ObservingApis.Of(_types);
        _uses = new(awaitables, observing);
        _silence = new(_types, observing);
        _wording = new(_types, SpawningApis.Of(_types), awaitables);
    }

    public static UnjoinedFields Of(Compilation compilation) =>
        ByCompilation.GetValue(compilation, static compilation => new UnjoinedFields(compilation));

    /// <summary>An empty account of a type; null where the type keeps no tasks that it alone sees.</summary>
    public TypeTasks? Open(INamedTypeSymbol type)
    {
        foreach (var member in type.GetMembers())
        {
            if (member is IFieldSymbol field && _uses.Keeps(field))
            {
                return new(type);
            }
        }

        return null;
    }

    /// <summary>Adds what the operation does with a field of the type.</summary>
    public void Note(IOperation operation, TypeTasks tasks)
    {
        switch (operation)
        {
            case IFieldReferenceOperation { Field: var field } reference
                when SymbolEqualityComparer.Default.Equals(field.ContainingType, tasks.Type) && _uses.Keeps(field):
                tasks.Add(_uses.Of(reference));
                break;
            case IFieldInitializerOperation initializer:
                foreach (var initialized in initializer.InitializedFields)
                {
                    if (_uses.Keeps(initialized))
                    {
                        tasks.Add(_uses.Of(initializer, initialized));
                    }
                }

                break;
        }
    }

    /// <summary>What is wrong with the type, when all that it does was added.</summary>
    public IEnumerable<Finding> FindingsOf(
        TypeTasks tasks, AnalyzerOptions options, CancellationToken cancellationToken)
    {
        foreach (var kept in tasks.FindUnjoined(cancellationToken))
        {
            if (kept.Start is { } start && !_silence.CoversStart(start, options))
            {
                yield return new(
                    Descriptors.UnjoinedField, start, LocationOf(kept), _wording.KeptInField(start, kept.Field));
            }
        }
    }

    /// <summary>What the rule says at a node, as a fix asks again: of all parts of the type.</summary>
    public Finding? At(
        SyntaxNode node, SemanticModel model, AnalyzerOptions options, CancellationToken cancellationToken)
    {
        if (node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } declaration
            || model.GetDeclaredSymbol(declaration, cancellationToken) is not INamedTypeSymbol type
            || Open(type) is not { } tasks)
        {
            return null;
        }

        foreach (var part in type.DeclaringSyntaxReferences)
        {
            var syntax = part.GetSyntax(cancellationToken);
            var partModel = syntax.SyntaxTree == model.SyntaxTree
                ? model
                : model.Compilation.GetSemanticModel(syntax.SyntaxTree);
            foreach (var operation in MentionsIn(syntax, type, partModel, cancellationToken))
            {
                Note(operation, tasks);
            }
        }

        foreach (var finding in FindingsOf(tasks, options, cancellationToken))
        {
            if (finding.Location.SourceTree == node.SyntaxTree && finding.Location.SourceSpan == node.Span)
            {
                return finding;
            }
        }

        return null;
    }

    private IEnumerable<IOperation> MentionsIn(
        SyntaxNode part, INamedTypeSymbol type, SemanticModel model, CancellationToken cancellationToken)
    {
        foreach (var node in part.DescendantNodes(inner => inner == part || inner is not TypeDeclarationSyntax))
        {
            var mention = node switch
            {
                IdentifierNameSyntax { Identifier.ValueText: var name } when Names(type, name) =>
                    node.Parent is MemberAccessExpressionSyntax access && access.Name == node ? access : node,
                EqualsValueClauseSyntax { Parent.Parent.Parent: FieldDeclarationSyntax } => node,
                _ => null,
            };
            if (mention is not null && model.GetOperation(mention, cancellationToken) is { } operation)
            {
                yield return operation;
            }
        }
    }

    private bool Names(INamedTypeSymbol type, string name)
    {
        foreach (var member in type.GetMembers(name))
        {
            if (member is IFieldSymbol field && _uses.Keeps(field))
            {
                return true;
            }
        }

        return false;
    }

    private static Location LocationOf(FieldMention kept) =>
        (kept.Site is IFieldInitializerOperation { Syntax.Parent: { } declarator } ? declarator : kept.Site.Syntax)
        .GetLocation();
}
