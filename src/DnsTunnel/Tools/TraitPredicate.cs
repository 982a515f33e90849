namespace DnsTunnel.Tools;

internal delegate bool TraitPredicate(in AskedName name);
